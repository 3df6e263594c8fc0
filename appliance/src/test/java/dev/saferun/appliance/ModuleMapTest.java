package dev.saferun.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Holds the module map: an arrow goes down any number of levels, never up or sideways; what is
 * visible of a module to others is its root package; the engine is pure. Every violation is listed
 * at once.
 */
class ModuleMapTest {

  private static final String ROOT = "dev.saferun.";

  private static final Map<String, Integer> LEVELS =
      Map.of(
          "platform",
          0,
          "audit",
          1,
          "tenancy",
          2,
          "auth",
          3,
          "evaluator",
          3,
          "redaction",
          3,
          "replay",
          4,
          "appliance",
          5);

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.saferun");

  @Test
  void everyModuleIsOnTheMap() {
    TreeSet<String> modules = new TreeSet<>();
    CLASSES.forEach(type -> modules.add(module(type)));
    assertThat(modules).containsExactlyInAnyOrderElementsOf(LEVELS.keySet());
  }

  @Test
  void arrowsGoDownAndOnlyToRootPackages() {
    TreeSet<String> violations = new TreeSet<>();
    for (JavaClass type : CLASSES) {
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        violation(type, dependency.getTargetClass().getBaseComponentType())
            .ifPresent(violations::add);
      }
    }
    assertThat(violations).as("arrows against the module map").isEmpty();
  }

  @Test
  void subPackagesOfAModuleHaveNoCycles() {
    for (String module : LEVELS.keySet()) {
      SlicesRuleDefinition.slices()
          .matching("dev.saferun." + module + ".(**)")
          .should()
          .beFreeOfCycles()
          .allowEmptyShould(true)
          .check(CLASSES);
    }
  }

  @Test
  void theEngineIsPure() {
    TreeSet<String> violations = new TreeSet<>();
    for (JavaClass type : CLASSES) {
      if (!type.getPackageName().startsWith("dev.saferun.evaluator.engine")) {
        continue;
      }
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        String target = dependency.getTargetClass().getBaseComponentType().getFullName();
        if (isImpure(target)) {
          violations.add(type.getFullName() + " -> " + target);
        }
      }
    }
    assertThat(violations).as("I/O, clocks, randomness or frameworks in the engine").isEmpty();
  }

  private static boolean isImpure(String type) {
    return type.startsWith("io.micronaut")
        || type.startsWith("io.vertx")
        || type.startsWith("org.hibernate")
        || type.startsWith("org.slf4j")
        || type.startsWith("java.nio.file")
        || type.startsWith("java.net")
        || type.startsWith("java.sql")
        || type.startsWith("java.time.Clock")
        || type.equals("java.util.Random")
        || type.startsWith("java.util.concurrent.ThreadLocalRandom")
        || type.equals("java.io.File");
  }

  private static Optional<String> violation(JavaClass from, JavaClass to) {
    if (!to.getPackageName().startsWith(ROOT) || module(from).equals(module(to))) {
      return Optional.empty();
    }
    String arrow = from.getFullName() + " -> " + to.getFullName();
    if (LEVELS.getOrDefault(module(from), -1) <= LEVELS.getOrDefault(module(to), 99)) {
      return Optional.of("up or sideways: " + arrow);
    }
    return to.getPackageName().equals(ROOT + module(to))
        ? Optional.empty()
        : Optional.of("into a private package: " + arrow);
  }

  private static String module(JavaClass type) {
    String rest = type.getPackageName().substring(ROOT.length());
    int dot = rest.indexOf('.');
    return dot < 0 ? rest : rest.substring(0, dot);
  }
}
