package dev.saferun.audit.verify;

import dev.saferun.audit.log.LogEntry;
import dev.saferun.audit.note.VerifierKey;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The lines of an exported log, each a JSON object in canonical form: a header, entries in their
 * order with a checkpoint after those that it signs, and an end that says how many there were.
 */
public final class LogLines {

  static final String TYPE = "type";
  static final String HEADER = "header";
  static final String ENTRY = "entry";
  static final String CHECKPOINT = "checkpoint";
  static final String END = "end";

  static final long VERSION = 1;

  private LogLines() {}

  /** The first line: whose log, signed by whom. */
  public static Map<String, @Nullable Object> header(VerifierKey key) {
    Map<String, @Nullable Object> line = line(HEADER);
    line.put("version", VERSION);
    line.put("origin", key.name());
    line.put("key", key.toString());
    return line;
  }

  /** An entry with its details, and its hash so that a changed line is named. */
  public static Map<String, @Nullable Object> entry(LogEntry logged) {
    Map<String, @Nullable Object> line = line(ENTRY);
    line.put("entry", logged.entry());
    line.put("details", logged.details());
    line.put("hash", HexFormat.of().formatHex(logged.hash()));
    return line;
  }

  public static Map<String, @Nullable Object> checkpoint(String note) {
    Map<String, @Nullable Object> line = line(CHECKPOINT);
    line.put("note", note);
    return line;
  }

  /** The last line, after the checkpoint of that size. */
  public static Map<String, @Nullable Object> end(long size) {
    Map<String, @Nullable Object> line = line(END);
    line.put("size", size);
    return line;
  }

  private static Map<String, @Nullable Object> line(String type) {
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put(TYPE, type);
    return line;
  }
}
