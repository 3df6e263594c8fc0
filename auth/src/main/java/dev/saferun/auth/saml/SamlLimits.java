package dev.saferun.auth.saml;

import java.time.Duration;

/** Every limit of this package; what goes beyond one is refused whole, never cut short. */
final class SamlLimits {

  /** Of a message, decoded and inflated: the 150 groups that Entra sends at most take 20 KiB. */
  static final int MESSAGE_BYTES_MAX = 512 * 1024;

  /** Of metadata: Entra's and ADFS's have about 100 KiB. */
  static final int METADATA_BYTES_MAX = 1024 * 1024;

  /** Of elements in each other; a response with an encrypted key inside has 10. */
  static final int DEPTH_MAX = 32;

  /** Of one element, its namespaces included. */
  static final int ATTRIBUTES_MAX = 32;

  /** Of a query with a message in it. */
  static final int QUERY_CHARACTERS_MAX = 64 * 1024;

  /** By the specification of the bindings (3.4.3, 3.5.3), in UTF-8. */
  static final int RELAY_STATE_BYTES_MAX = 80;

  /** Of a state that goes back to its sender; some do not keep to their 80 bytes. */
  static final int RETURNED_STATE_CHARACTERS_MAX = 2_048;

  /** By the core specification (8.3.6). */
  static final int ENTITY_ID_CHARACTERS_MAX = 1_024;

  static final int NAME_ID_CHARACTERS_MAX = 1_024;

  static final int CERTIFICATES_MAX = 8;

  /** Of namespaces that canonicalisation is told to keep. */
  static final int PREFIXES_MAX = 16;

  static final int RSA_BITS_MIN = 2_048;
  static final int EC_BITS_MIN = 256;

  static final Duration CLOCK_SKEW_MAX = Duration.ofMinutes(5);

  /** A logout message is sent the moment it is made. */
  static final Duration LOGOUT_AGE_MAX = Duration.ofMinutes(5);

  /** Of a found value that is told with a refusal. */
  static final int TOLD_CHARACTERS_MAX = 200;

  private SamlLimits() {}
}
