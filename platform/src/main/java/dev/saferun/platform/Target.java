package dev.saferun.platform;

/**
 * A URL in its parts.
 *
 * @param host a name or an address, that of version 6 without brackets
 * @param path as it was written, from the first slash on; empty where there is none
 * @param query as it was written, without its mark; empty where there is none
 */
public record Target(String scheme, String host, int port, String path, String query) {

  /** The path with another one behind it, and the query. */
  public String pathAndQuery(String further) {
    String base = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    String whole = base + further;
    return (whole.isEmpty() ? "/" : whole) + (query.isEmpty() ? "" : "?" + query);
  }
}
