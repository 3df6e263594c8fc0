package dev.saferun.redaction;

import dev.saferun.tenancy.EnvironmentSettings;

/** Policies that nobody has put in force yet. */
@FunctionalInterface
public interface ProposedPolicies {

  /** What would hold with this layer in the place of the environment's own. */
  RedactionPolicy with(EnvironmentSettings environment, RedactionRules own);
}
