package dev.saferun.platform;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The permission that a caller of this endpoint needs, or why it needs none. Every endpoint bears
 * it; the one that does not lets nobody in, and the build fails. The API's description says the
 * same as {@code x-permission} or {@code x-permission-none}.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface RequiresPermission {

  /** Its name, such as {@code rules.write}; empty where none is needed. */
  String value() default "";

  /** Where the caller must hold it. */
  In in() default In.PATH;

  /** Why everybody may call it, as the end of "no permission, for ..."; else empty. */
  String none() default "";

  /** Where a permission is asked for. */
  enum In {
    /** In the project that the address names; in the whole organization where it names none. */
    PATH,
    /**
     * In the organization or in a project. The endpoint shows what lies within the caller's {@link
     * Scope} and no more; a caller who holds it in several projects says in which with {@code
     * ?project=}.
     */
    SCOPE,
    /** In the organization or in any project. The endpoint itself shows what may be seen. */
    ANYWHERE
  }
}
