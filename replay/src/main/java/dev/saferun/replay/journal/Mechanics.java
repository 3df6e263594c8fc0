package dev.saferun.replay.journal;

import java.util.function.Supplier;

/** The replaceable parts under the journal: what a simulation plants its faults in. */
record Mechanics(GroupWriter writer, Supplier<RecordFormat> format) {

  static final Mechanics STANDARD = new Mechanics(new GroupWriter(), RecordFormat::new);
}
