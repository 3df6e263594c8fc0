package dev.saferun.audit.http;

import java.util.List;
import java.util.Map;

/** The documents of destinations, as the API's description has them. */
final class DestinationDocuments {

  private DestinationDocuments() {}

  /**
   * @param type elasticsearch, file, kafka, otlp, s3, splunk_hec, syslog or webhook
   * @param format json, csv, cef, ocsf (or ocsf/VERSION) or ecs; json where it is left out
   * @param settings what the type needs; docs/siem.md has them
   * @param secrets credentials, which are never shown; left out, it keeps those that it has
   * @param kinds some of audit, detection and checkpoint; all where it is left out
   * @param codes codes that it gets, each may end with a star; all where it is left out
   * @param from where a new one begins: now, beginning or a time
   */
  record Body(
      String type,
      String format,
      Map<String, Object> settings,
      Map<String, String> secrets,
      List<String> kinds,
      List<String> codes,
      boolean enabled,
      String from) {}

  record Destination(
      String name,
      String type,
      String format,
      Map<String, Object> settings,
      boolean hasSecrets,
      List<String> kinds,
      List<String> codes,
      boolean enabled,
      Delivery delivery) {}

  /**
   * @param cursor the position that is sent next
   * @param waiting events that wait for it
   * @param failures batches in a row that were not taken
   * @param fault why the last one was not
   * @param deadLetters events that it will never take
   */
  record Delivery(
      long cursor,
      long waiting,
      String waitingSince,
      long delivered,
      String deliveredAt,
      long failures,
      String retryAt,
      String fault,
      String faultAt,
      long deadLetters) {}

  record DestinationList(List<Destination> destinations) {}

  /**
   * @param from a time, or beginning
   */
  record BackFillBody(String from) {}

  record Cursor(long cursor) {}

  record Tested(boolean delivered) {}

  /**
   * @param again whether somebody asked for it to be sent once more
   */
  record DeadLetter(long position, String reason, long attempts, String at, boolean again) {}

  /**
   * @param nextAfter the position to go on after; absent where there are no more
   */
  record DeadLetterList(List<DeadLetter> deadLetters, long nextAfter) {}
}
