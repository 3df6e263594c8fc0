package dev.saferun.audit.format;

import dev.saferun.audit.stream.StreamedEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Events as the appliance makes them. */
final class Events {

  static final UUID ORGANIZATION = new UUID(0x0198_0000_0000_7000L, 0x8000_0000_0000_0001L);
  static final UUID ID = new UUID(0x0198_0000_0000_7000L, 0x8000_0000_0000_0002L);
  static final Instant AT = Instant.parse("2026-11-02T10:20:30.123456Z");

  /** What is recorded now, and what is to come. */
  static final List<String> CODES =
      List.of(
          "organization.created",
          "project.created",
          "project.changed",
          "environment.created",
          "environment.changed",
          "key.created",
          "key.changed",
          "key.revoked",
          "data-key.rotated",
          "data_key.rotated",
          "encryption-key.rotated",
          "key_encryption.rotated",
          "rule.created",
          "rule.changed",
          "rule.activated",
          "rule.restored",
          "rule.pinned",
          "rule.unpinned",
          "loop-guard.changed",
          "intent-guard.changed",
          "intent-model.made",
          "redaction.changed",
          "originals.shredded",
          "retention.applied",
          "reveal.granted",
          "reveal.shown",
          "reveal.refused",
          "replay.viewed",
          "proof.drift",
          "journal.overflow-began",
          "journal.overflow-ended",
          "clock.set_back",
          "audit.exported",
          "destination.created",
          "destination.changed",
          "destination.deleted",
          "destination.tested",
          "connection.created",
          "user.created",
          "user.changed",
          "user.disabled",
          "user.deleted",
          "group.created",
          "group.member-added",
          "group.member-removed",
          "group.deleted",
          "role.created",
          "role.granted",
          "role.revoked",
          "session.created",
          "session.ended",
          "login.succeeded",
          "login.failed",
          "logout",
          "approval.granted",
          "appliance.started",
          "appliance.stopped",
          "appliance.upgraded",
          "something.else.entirely",
          "wordless");

  private Events() {}

  static StreamedEvent of(StreamedEvent.Kind kind, Map<String, @Nullable Object> document) {
    return new StreamedEvent(ORGANIZATION, 41, ID, AT, kind, document);
  }

  static StreamedEvent deed(String code) {
    return of(StreamedEvent.Kind.AUDIT, deedDocument(code));
  }

  static Map<String, @Nullable Object> deedDocument(String code) {
    Map<String, @Nullable Object> document = head("audit", code);
    document.put("outcome", "success");
    document.put("actor", Map.of("kind", "admin", "id", "0198-ada", "name", "Ada"));
    document.put("address", "192.0.2.7");
    document.put("target", "key:0198-key");
    document.put("request_id", "req-7");
    document.put("before", Map.of("name", "old"));
    document.put("after", Map.of("name", "new", "roles", List.of("reader")));
    document.put("log", Map.of("index", 12L));
    return document;
  }

  static StreamedEvent detection() {
    return of(StreamedEvent.Kind.DETECTION, detectionDocument());
  }

  static Map<String, @Nullable Object> detectionDocument() {
    Map<String, @Nullable Object> document = head("detection", "call.stopped");
    document.put("title", "A call was stopped");
    document.put("message", "The call would have paid 9,000 where 900 was asked for");
    document.put("severity", "high");
    document.put("disposition", "blocked");
    document.put("subject", Map.of("kind", "agent", "id", "teller", "version", "3"));
    document.put("resource", Map.of("kind", "tool", "name", "pay"));
    document.put("project", "bank");
    document.put("environment", "production");
    document.put(
        "reasons",
        List.of(
            Map.of("kind", "rule", "id", "limit", "title", "Not above the limit"),
            Map.of("kind", "guard", "id", "intent", "title", "Not what was asked for")));
    document.put("confidence", 0.93);
    document.put("links", Map.of("run_id", "run-1", "frame", 4L, "decision_id", "0198-decision"));
    return document;
  }

  static StreamedEvent checkpoint() {
    return of(StreamedEvent.Kind.CHECKPOINT, checkpointDocument());
  }

  static Map<String, @Nullable Object> checkpointDocument() {
    Map<String, @Nullable Object> document = head("checkpoint", "log.signed");
    document.put("size", 1024L);
    document.put("root", "3q2+7w==");
    document.put("note", "example.org/log\n1024\n3q2+7w==\n\n— example.org/log AbCd\n");
    return document;
  }

  /** Every code, from every kind of actor and of address; both dispositions; a signed log. */
  static List<StreamedEvent> all() {
    List<StreamedEvent> events = new ArrayList<>(List.of(detection(), checkpoint()));
    Map<String, @Nullable Object> warned = detectionDocument();
    warned.put("code", "call.warned");
    warned.put("disposition", "allowed");
    events.add(of(StreamedEvent.Kind.DETECTION, warned));
    CODES.forEach(code -> events.addAll(variants(code)));
    return events;
  }

  private static List<StreamedEvent> variants(String code) {
    List<StreamedEvent> variants = new ArrayList<>();
    List<String> addresses = List.of("192.0.2.7", "2001:db8::7", "proxy.example", "127.1");
    List<String> targets = List.of("key:k", "user:u", "group:g", "organization:o", "plain");
    List<String> kinds = List.of("agent", "admin", "operator", "system", "person", "robot");
    for (int i = 0; i < kinds.size(); i++) {
      Map<String, @Nullable Object> document = deedDocument(code);
      document.put("outcome", i % 2 == 0 ? "success" : "failure");
      document.put("actor", Map.of("kind", kinds.get(i), "id", "id-" + i, "name", "Name " + i));
      document.put("address", i < addresses.size() ? addresses.get(i) : null);
      document.put("target", i < targets.size() ? targets.get(i) : null);
      variants.add(of(StreamedEvent.Kind.AUDIT, document));
    }
    return variants;
  }

  private static Map<String, @Nullable Object> head(String kind, String code) {
    Map<String, @Nullable Object> document = new TreeMap<>();
    document.put("id", ID.toString());
    document.put("at", AT.toString());
    document.put("organization_id", ORGANIZATION.toString());
    document.put("kind", kind);
    document.put("code", code);
    return document;
  }
}
