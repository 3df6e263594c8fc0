package dev.saferun.auth.saml;

import java.util.Map;

/** Ends the reading of a message. It does not leave this package. */
final class RefusedException extends Exception {

  private static final long serialVersionUID = 1;

  private final SamlRefusal refusal;
  private final transient Map<String, String> values;

  RefusedException(SamlCheck check, Map<String, String> values) {
    this(check.refusal(), check.text(), values);
  }

  /** For what needs no check to be refused: there is nothing that could be read. */
  RefusedException(SamlRefusal refusal, String text) {
    this(refusal, text, Map.of());
  }

  private RefusedException(SamlRefusal refusal, String text, Map<String, String> values) {
    super(text, null, false, false);
    this.refusal = refusal;
    this.values = values;
  }

  SamlRefusal refusal() {
    return refusal;
  }

  String text() {
    return String.valueOf(getMessage());
  }

  Map<String, String> values() {
    return values;
  }
}
