package dev.saferun.audit.format;

/** Who sends the events. */
record Product(String version) {

  static final String VENDOR = "SafeRun";
  static final String NAME = "SafeRun";

  /** As it stands in names of fields and of services. */
  static final String WORD = "saferun";
}
