package dev.saferun.audit.format;

import dev.saferun.audit.stream.StreamedEvent;
import dev.saferun.platform.CanonicalJson;

/**
 * The Open Cybersecurity Schema Framework (schema.ocsf.io) as JSON. Deeds take the class of their
 * code, what was stopped or warned of is a Detection Finding, a signed log is API Activity. What
 * the schema has no place for stands below {@code unmapped.saferun}, so nothing is lost.
 */
final class OcsfFormat implements EventFormat {

  private static final int OTHER_STATUS = 99;
  private static final OcsfActivity NEW_FINDING =
      OcsfActivity.of(OcsfClass.DETECTION_FINDING, Verb.CREATE, "created");

  private final OcsfHead head;
  private final OcsfDeed deeds;
  private final OcsfFinding findings;

  OcsfFormat(OcsfVersion version, Product product) {
    OcsfPeople people = new OcsfPeople(version);
    this.head = new OcsfHead(version, product);
    this.deeds = new OcsfDeed(people, product);
    this.findings = new OcsfFinding(people);
  }

  @Override
  public String name() {
    return "ocsf";
  }

  @Override
  public byte[] write(StreamedEvent event) {
    EventDocument document = EventDocument.of(event);
    Members members =
        switch (event.kind()) {
          case AUDIT, CHECKPOINT -> deed(document);
          case DETECTION -> finding(document);
        };
    return CanonicalJson.write(members.tree());
  }

  private Members deed(EventDocument event) {
    CodeClasses.Found found = CodeClasses.of(event.code());
    Members members = head.of(event, found.activity());
    return deeds.add(withStatus(members, event), event, found);
  }

  /** An outcome that is neither is sent in our own word, one that is not told not at all. */
  private static Members withStatus(Members members, EventDocument event) {
    Outcome outcome = event.outcome();
    return outcome == Outcome.UNKNOWN
        ? event
            .maybe("outcome")
            .map(text -> withStatus(members, OTHER_STATUS, text))
            .orElse(members)
        : withStatus(members, outcome.ocsfId(), outcome.caption());
  }

  private static Members withStatus(Members members, int id, String caption) {
    return members.with("status_id", id).with("status", caption);
  }

  private Members finding(EventDocument event) {
    return findings.add(head.of(event, NEW_FINDING), event);
  }
}
