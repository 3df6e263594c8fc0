package dev.saferun.appliance.cli;

import dev.saferun.evaluator.EvaluatorVersion;
import picocli.CommandLine.IVersionProvider;

/** What {@code saferun --version} says. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String built = Saferun.class.getPackage().getImplementationVersion();
    return new String[] {
      "saferun " + (built == null ? "(built from sources)" : built),
      "evaluator " + EvaluatorVersion.CURRENT
    };
  }
}
