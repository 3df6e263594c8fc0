package dev.saferun.audit.format;

import dev.saferun.audit.stream.StreamedEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What every class has: what kind of event it is, when it was, and where it comes from. */
final class OcsfHead {

  private static final List<String> FINDING_PROFILES = List.of("security_control");

  private final OcsfVersion version;
  private final Product product;

  OcsfHead(OcsfVersion version, Product product) {
    this.version = version;
    this.product = product;
  }

  Members of(EventDocument event, OcsfActivity activity) {
    OcsfClass ocsf = activity.ocsf();
    Severity severity = Severity.of(event);
    return new Members()
        .with("category_uid", ocsf.category().uid())
        .with("category_name", ocsf.category().caption())
        .with("class_uid", ocsf.uid())
        .with("class_name", ocsf.caption())
        .with("activity_id", activity.id())
        .with("activity_name", activity.caption())
        .with("type_uid", activity.typeUid())
        .with("type_name", activity.typeCaption())
        .with("severity_id", severity.ocsfId())
        .with("severity", severity.caption())
        .with("time", event.event().at().toEpochMilli())
        .with("message", Wording.message(event))
        .with("metadata", metadata(event).tree());
  }

  private Members metadata(EventDocument event) {
    return new Members()
        .with("uid", event.id())
        .with("version", version.text())
        .with("product", product(product).tree())
        .with("profiles", profiles(event.event().kind()))
        .with("log_name", event.kind())
        .with("event_code", event.code().text())
        .with("tenant_uid", event.organizationId())
        .with("correlation_uid", correlation(event))
        .with("sequence", event.event().position());
  }

  static Members product(Product product) {
    return new Members()
        .with("vendor_name", Product.VENDOR)
        .with("name", Product.NAME)
        .with("version", product.version());
  }

  private static List<String> profiles(StreamedEvent.Kind kind) {
    return kind == StreamedEvent.Kind.DETECTION ? FINDING_PROFILES : List.of();
  }

  /** The request that made a deed, or the run that a finding is of. */
  private static @Nullable String correlation(EventDocument event) {
    return event.maybe("request_id").orElse(event.text("links", "run_id"));
  }
}
