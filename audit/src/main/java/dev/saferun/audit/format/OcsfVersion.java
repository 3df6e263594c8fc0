package dev.saferun.audit.format;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * The versions of OCSF that we write. What we say of an event is in each of them, at the same
 * place; only the kind of account that is a program was added on the way.
 */
enum OcsfVersion {
  V1_4_0("1.4.0", false),
  V1_5_0("1.5.0", false),
  V1_6_0("1.6.0", true),
  V1_7_0("1.7.0", true),
  V1_8_0("1.8.0", true);

  static final OcsfVersion STANDARD = V1_6_0;

  private final String text;
  private final boolean knowsServiceAccounts;

  OcsfVersion(String text, boolean knowsServiceAccounts) {
    this.text = text;
    this.knowsServiceAccounts = knowsServiceAccounts;
  }

  static Optional<OcsfVersion> named(String text) {
    return Stream.of(values()).filter(version -> version.text.equals(text)).findFirst();
  }

  String text() {
    return text;
  }

  boolean knowsServiceAccounts() {
    return knowsServiceAccounts;
  }
}
