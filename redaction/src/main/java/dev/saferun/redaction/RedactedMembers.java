package dev.saferun.redaction;

import java.util.Set;

/**
 * How the top-level members of a document are looked at. A member in neither set is searched by
 * path rules and detectors: what nobody thought of is redacted, not passed.
 *
 * @param structural stay as they are, because the appliance wrote them or checked them at the door:
 *     ids, numbers, times, hashes. Each must hold a scalar, so that no part of a captured tree can
 *     hide behind such a name
 * @param captured hold what an agent sent: here a policy says also what happens to prose and to
 *     what it does not name
 */
public record RedactedMembers(Set<String> structural, Set<String> captured) {

  public RedactedMembers {
    structural = Set.copyOf(structural);
    captured = Set.copyOf(captured);
  }
}
