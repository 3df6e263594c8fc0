package dev.saferun.redaction;

import java.time.Instant;

/** A layer as it was once put in force, and by whom. */
public record PolicyVersion(int version, RedactionRules rules, String by, Instant at) {}
