package dev.saferun.audit.format;

import dev.saferun.audit.stream.StreamedEvent;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * ArcSight's Common Event Format, version 0: seven fields with bars between them, then pairs of key
 * and value. Keys and lengths are those of the Implementing ArcSight CEF guide, revision 25.
 */
final class CefFormat implements EventFormat {

  private static final String VERSION = "CEF:0";

  private final Product product;

  CefFormat(Product product) {
    this.product = product;
  }

  @Override
  public String name() {
    return "cef";
  }

  @Override
  public byte[] write(StreamedEvent event) {
    EventDocument document = EventDocument.of(event);
    return (header(document) + extension(document).text()).getBytes(StandardCharsets.UTF_8);
  }

  private String header(EventDocument event) {
    return String.join(
            "|",
            VERSION,
            CefText.header(Product.VENDOR, 63),
            CefText.header(Product.NAME, 63),
            CefText.header(product.version(), 31),
            CefText.header(event.code().text(), 1023),
            CefText.header(Wording.title(event), 512),
            Integer.toString(Severity.of(event).cefLevel()))
        + "|";
  }

  private static CefExtension extension(EventDocument event) {
    CefExtension extension =
        new CefExtension()
            .with("rt", Long.toString(event.event().at().toEpochMilli()), 20)
            .with("externalId", event.id(), 40)
            .with("cat", event.kind(), 1023)
            .with("deviceExternalId", event.organizationId(), 255)
            .with("msg", Wording.message(event), 1023);
    return switch (event.event().kind()) {
      case AUDIT -> deed(extension, event);
      case DETECTION -> detection(extension, event);
      case CHECKPOINT -> checkpoint(extension, event);
    };
  }

  private static CefExtension deed(CefExtension extension, EventDocument event) {
    event.maybe("address").ifPresent(address -> source(extension, address));
    return extension
        .with("act", event.code().verb(), 63)
        .with("outcome", event.text("outcome"), 63)
        .with("suid", event.text("actor", "id"), 1023)
        .with("suser", event.text("actor", "name"), 1023)
        .with("spriv", event.text("actor", "kind"), 1023)
        .custom("cs1", "target", event.text("target"))
        .custom("cs2", "before", event.text("before"))
        .custom("cs3", "after", event.text("after"))
        .custom("cs4", "requestId", event.text("request_id"))
        .custom("cn1", "logIndex", CefText.whole(event.text("log", "index")));
  }

  /** A key of this format takes one kind of address only. */
  private static void source(CefExtension extension, String address) {
    switch (AddressKind.of(address)) {
      case IPV4 -> extension.with("src", address, 15);
      case IPV6 -> extension.custom("c6a2", "Source IPv6 Address", address);
      case OTHER -> extension.with("shost", address, 1023);
    }
  }

  private static CefExtension detection(CefExtension extension, EventDocument event) {
    return extension
        .with("act", event.text("disposition"), 63)
        .with("suid", event.text("subject", "id"), 1023)
        .with("spriv", event.text("subject", "kind"), 1023)
        .with("destinationServiceName", event.text("resource", "name"), 255)
        .with("reason", reasons(event), 1023)
        .custom("cs1", "project", event.text("project"))
        .custom("cs2", "environment", event.text("environment"))
        .custom("cs3", "runId", event.text("links", "run_id"))
        .custom("cs4", "decisionId", event.text("links", "decision_id"))
        .custom("cs5", "model", event.text("subject", "model"))
        .custom("cs6", "reasons", event.text("reasons"))
        .custom("cn1", "frame", CefText.whole(event.text("links", "frame")))
        .custom("cfp1", "confidence", CefText.decimal(event.text("confidence")));
  }

  private static @Nullable String reasons(EventDocument event) {
    String reasons =
        event.objects("reasons").stream()
            .map(CefFormat::reason)
            .flatMap(Optional::stream)
            .collect(Collectors.joining(", "));
    return reasons.isEmpty() ? null : reasons;
  }

  private static Optional<String> reason(Map<String, @Nullable Object> reason) {
    return EventDocument.maybeIn(reason, "title").or(() -> EventDocument.maybeIn(reason, "id"));
  }

  private static CefExtension checkpoint(CefExtension extension, EventDocument event) {
    return extension
        .with("act", event.code().verb(), 63)
        .custom("cs1", "root", event.text("root"))
        .custom("cs2", "note", event.text("note"))
        .custom("cn1", "size", CefText.whole(event.text("size")));
  }
}
