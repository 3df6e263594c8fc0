package dev.saferun.evaluator.engine;

/** A tool's exact name, or a glob in which {@code *} stands for any run of characters. */
record ToolPattern(String text) {

  boolean isExact() {
    return text.indexOf('*') < 0;
  }

  /** Linear in the name for each star, without backtracking beyond the last one. */
  boolean matches(String tool) {
    int t = 0;
    int p = 0;
    int star = -1;
    int resume = 0;
    while (t < tool.length()) {
      if (p < text.length() && text.charAt(p) == '*') {
        star = p++;
        resume = t;
      } else if (p < text.length() && text.charAt(p) == tool.charAt(t)) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++resume;
      } else {
        return false;
      }
    }
    while (p < text.length() && text.charAt(p) == '*') {
      p++;
    }
    return p == text.length();
  }
}
