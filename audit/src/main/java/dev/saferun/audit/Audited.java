package dev.saferun.audit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What an endpoint writes into the audit log, or why it writes nothing. Every endpoint that may
 * change something bears it, and every look that matters; the API's description says the same as
 * {@code x-audit} or {@code x-audit-none}. The build fails where one is silent, and a test calls
 * each of them and reads what it wrote.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Audited {

  /**
   * The codes of the events that it may write when it succeeds. A call that finds everything as it
   * is asked to be changes nothing and writes none of them.
   */
  String[] value() default {};

  /** Why it writes none, as the end of "no event, for ..."; empty where it has codes. */
  String none() default "";
}
