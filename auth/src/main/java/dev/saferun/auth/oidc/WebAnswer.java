package dev.saferun.auth.oidc;

/**
 * What a provider answered.
 *
 * @param contentType as it was sent; empty where none was
 * @param body the whole of it
 */
public record WebAnswer(int status, String contentType, byte[] body) {

  public static final int BODY_BYTES_MAX = 256 << 10;

  /** The caller has bounded it already; this is the second look. */
  public WebAnswer {
    if (body.length > BODY_BYTES_MAX) {
      throw new IllegalArgumentException("the answer is longer than its limit");
    }
  }

  boolean isOk() {
    return status == 200;
  }

  /** Whether it says of itself that it is JSON, with or without parameters. */
  boolean isJson() {
    int end = contentType.indexOf(';');
    String type = end < 0 ? contentType : contentType.substring(0, end);
    return type.strip().equalsIgnoreCase("application/json");
  }
}
