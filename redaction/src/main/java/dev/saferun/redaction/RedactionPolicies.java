package dev.saferun.redaction;

import dev.saferun.tenancy.EnvironmentSettings;

/** The policy of each environment, in memory: this is asked on the way of every record. */
@FunctionalInterface
public interface RedactionPolicies {

  /**
   * What holds now: the organization's layer, and over it the environment's own, or its project's,
   * or the standard of an environment of that name.
   */
  RedactionPolicy inForce(EnvironmentSettings environment);
}
