package dev.saferun.audit.http;

import java.util.List;
import java.util.Map;

/** The documents of these endpoints, as the API's description has them. */
final class AuditDocuments {

  private AuditDocuments() {}

  /**
   * A deed.
   *
   * @param code stable and dotted
   * @param outcome success or failure
   * @param target kind:id
   * @param address from which the request came
   * @param log its place in the log; absent for a moment after it happened
   */
  record Event(
      String id,
      String at,
      String organizationId,
      String kind,
      String code,
      String outcome,
      EventActor actor,
      String address,
      String target,
      String requestId,
      Map<String, Object> before,
      Map<String, Object> after,
      LogPlace log) {}

  record EventActor(String kind, String id, String name) {}

  record LogPlace(long index) {}

  /**
   * @param nextCursor for the page after; absent on the last
   */
  record EventPage(List<Event> events, String nextCursor) {}

  /**
   * What shows that the event is in the log.
   *
   * @param entry what is hashed (RFC 6962): canonical JSON with salted commitments
   * @param details what the commitments stand for
   * @param hashes the audit path, in base64, from the leaf up
   * @param checkpoint the signed note whose root the path leads to
   */
  record Proof(
      long index,
      Map<String, Object> entry,
      Map<String, Object> details,
      List<String> hashes,
      String checkpoint) {}

  /**
   * @param key whose signature it bears, as the C2SP's signed notes write one
   * @param note the signed note
   */
  record Checkpoint(String key, long size, String note) {}

  /**
   * @param key of all of them
   * @param nextAfter the size to go on after; absent where there are no more
   */
  record Checkpoints(String key, List<SizedNote> checkpoints, long nextAfter) {}

  record SizedNote(long size, String note) {}

  /**
   * @param hashes what shows that the later log begins with the earlier one, in base64
   */
  record Consistency(long from, long to, List<String> hashes) {}

  /**
   * @param format log, json, csv, cef, ocsf or ecs
   * @param code a code, or the beginning of codes followed by a star
   */
  record ExportBody(
      String format,
      String code,
      String outcome,
      String actor,
      String target,
      String requestId,
      String from,
      String to) {}

  /**
   * @param state running, done or failed
   * @param by who asked for it
   * @param logSize the log's size when it was asked for; nothing that came later is in it
   * @param logRead how much of the log was looked at
   * @param parts that can be read
   */
  record Export(
      String id,
      String format,
      Map<String, Object> filter,
      String state,
      String by,
      String at,
      String expiresAt,
      long logSize,
      long logRead,
      long parts,
      long entries,
      long bytes,
      String fault) {}

  record ExportList(List<Export> exports) {}
}
