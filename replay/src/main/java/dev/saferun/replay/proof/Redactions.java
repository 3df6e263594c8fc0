package dev.saferun.replay.proof;

import static dev.saferun.replay.capture.Evidence.object;

import dev.saferun.redaction.Redactor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What redaction took out of a frame, as the frame itself tells it.
 *
 * @param taken places that do not hold what was sent, as JSON Pointers into the frame
 * @param listed false where more was taken than is listed, or a place is too long to be told: then
 *     it can have been anywhere
 */
record Redactions(List<String> taken, boolean listed) {

  private static final int CUT_CHARACTERS = 512;
  private static final String CUT = "…";

  static Redactions of(Map<String, @Nullable Object> evidence) {
    Map<String, @Nullable Object> report = object(evidence.get(Redactor.REPORT_MEMBER));
    List<String> taken = new ArrayList<>();
    boolean isWhole = true;
    List<?> applied = report.get("applied") instanceof List<?> list ? list : List.of();
    for (Object entry : applied) {
      String path = String.valueOf(object(entry).get("path"));
      if (isCut(path)) {
        isWhole = false;
      } else {
        taken.add("value".equals(object(entry).get("of")) ? path : around(path));
      }
    }
    long count = report.get("count") instanceof Long all ? all : applied.size();
    return new Redactions(taken.stream().distinct().toList(), isWhole && count <= applied.size());
  }

  private static boolean isCut(String path) {
    return path.length() >= CUT_CHARACTERS && path.endsWith(CUT);
  }

  /** A name that was replaced can have been any: the object around it is not what was sent. */
  private static String around(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  /** The places below a member of the frame, as the names on the way from that member on. */
  List<List<String>> within(String member) {
    List<List<String>> within = new ArrayList<>();
    for (String path : taken) {
      List<String> names = Pointers.names(path);
      if (names.isEmpty() || names.getFirst().equals(member)) {
        within.add(names.isEmpty() ? names : names.subList(1, names.size()));
      }
    }
    return within;
  }
}
