package dev.saferun.auth.scim;

/** What one request may hold; beyond it the request is refused and nothing is changed. */
final class ScimLimits {

  /** Of a filter; beyond it {@code invalidFilter}. */
  static final int FILTER_CHARACTERS_MAX = 1_000;

  /** Parentheses, brackets and {@code not} within each other; beyond it {@code invalidFilter}. */
  static final int FILTER_DEPTH_MAX = 10;

  /** Of a path of a patch, with the filter in it; beyond it {@code invalidPath}. */
  static final int PATH_CHARACTERS_MAX = 1_000;

  /** Of the levels of a body; beyond it {@code invalidSyntax}. Its bytes are the server's limit. */
  static final int BODY_DEPTH_MAX = 16;

  /** Operations of one patch; beyond it {@code tooMany}. */
  static final int OPERATIONS_MAX = 1_000;

  /** E-mail addresses of one user, of which one is kept; beyond it {@code tooMany}. */
  static final int EMAILS_MAX = 50;

  /** Of a name, an address or an external id, as the database has it; else invalidValue. */
  static final int TEXT_CHARACTERS_MAX = 320;

  /** Resources of one page; who asks for more gets this many. */
  static final int PAGE_MAX = 200;

  /** Resources of a page where the caller does not say. */
  static final int PAGE_USUAL = 100;

  private ScimLimits() {}
}
