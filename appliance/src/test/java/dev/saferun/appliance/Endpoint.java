package dev.saferun.appliance;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.saferun.audit.Audited;
import dev.saferun.platform.RequiresPermission;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * An endpoint as its controller has it, read from the class files: controllers are private to their
 * modules.
 *
 * @param name method and path, such as {@code POST /v1/keys}
 * @param audited what it says of the audit log; empty where it says nothing
 * @param permission what it asks of its caller; empty where it says nothing
 */
record Endpoint(String name, Optional<Audited> audited, Optional<RequiresPermission> permission) {

  /** All of them, of every module. */
  static List<Endpoint> all() {
    List<Endpoint> all = new ArrayList<>();
    for (JavaClass type :
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.saferun")) {
      type.tryGetAnnotationOfType(Controller.class)
          .ifPresent(
              controller ->
                  type.getMethods().forEach(method -> all.addAll(of(method, controller.value()))));
    }
    return all;
  }

  private static List<Endpoint> of(JavaMethod method, String base) {
    List<Endpoint> found = new ArrayList<>();
    add(found, method, base, "GET", Get.class, Get::value);
    add(found, method, base, "POST", Post.class, Post::value);
    add(found, method, base, "PUT", Put.class, Put::value);
    add(found, method, base, "PATCH", Patch.class, Patch::value);
    add(found, method, base, "DELETE", Delete.class, Delete::value);
    return found;
  }

  private static <A extends Annotation> void add(
      List<Endpoint> found,
      JavaMethod method,
      String base,
      String verb,
      Class<A> type,
      Function<A, String> path) {
    method
        .tryGetAnnotationOfType(type)
        .ifPresent(
            mapping ->
                found.add(
                    new Endpoint(
                        verb + " " + joined(base, path.apply(mapping)),
                        method.tryGetAnnotationOfType(Audited.class),
                        method.tryGetAnnotationOfType(RequiresPermission.class))));
  }

  private static String joined(String base, String path) {
    return path.equals("/") ? base : base + path;
  }

  /** Whether it may change something. */
  boolean changes() {
    return !name.startsWith("GET ");
  }

  /** Asks for one thing: a permission, or nothing and why. */
  boolean isGuarded() {
    return permission.map(said -> said.value().isEmpty() != said.none().isEmpty()).orElse(false);
  }

  /** Says one thing: the codes that it writes, or why there are none. */
  boolean isClear() {
    return audited.map(said -> said.value().length > 0 == said.none().isEmpty()).orElse(!changes());
  }
}
