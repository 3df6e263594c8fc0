package dev.saferun.replay.journal;

/** What a record's body is; the code is what stands on disk and never changes its meaning. */
public enum RecordKind {
  DECISION(1),
  FRAME(2),
  OUTCOME(3),
  LABEL(4);

  private static final RecordKind[] ALL = values();

  private final byte code;

  RecordKind(int code) {
    this.code = (byte) code;
  }

  byte code() {
    return code;
  }

  static RecordKind of(byte code) {
    for (RecordKind kind : ALL) {
      if (kind.code == code) {
        return kind;
      }
    }
    throw new IllegalArgumentException("no record kind has code " + code);
  }
}
