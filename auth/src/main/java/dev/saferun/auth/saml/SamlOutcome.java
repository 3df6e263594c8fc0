package dev.saferun.auth.saml;

import java.util.Map;

/** What became of a response. */
public sealed interface SamlOutcome {

  /** The identity provider vouches for this login, if its assertion was not used before. */
  record Accepted(SamlLogin login) implements SamlOutcome {}

  /**
   * Nobody logs in.
   *
   * @param detail one sentence that does not vary
   * @param values what was found and expected, for whoever set the connection up; the found ones
   *     are a stranger's text, cut to 200 printable characters
   */
  record Refused(SamlRefusal refusal, String detail, Map<String, String> values)
      implements SamlOutcome {}
}
