package dev.saferun.audit.format;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The forms in which events leave.
 *
 * <p>{@code json} is the document itself, canonical. {@code csv} is for people and their
 * spreadsheets. {@code cef} is what older collectors read from syslog, {@code ocsf} and {@code ecs}
 * are the vocabularies of today's.
 */
public final class EventFormats {

  /** The OCSF version that is written unless a destination asks for another. */
  public static final String OCSF_VERSION_STANDARD = OcsfVersion.STANDARD.text();

  private static final String OCSF = "ocsf";

  private final Product product;

  /**
   * @param productVersion the appliance's, as receivers are told it
   */
  public EventFormats(String productVersion) {
    this.product = new Product(productVersion);
  }

  public static List<String> names() {
    return List.of("json", "csv", "cef", OCSF, "ecs");
  }

  /** From the oldest to the newest. */
  public static List<String> ocsfVersions() {
    return Stream.of(OcsfVersion.values()).map(OcsfVersion::text).toList();
  }

  /** The form of this name, OCSF in its standard version; nothing where there is none. */
  public Optional<EventFormat> named(String name) {
    return switch (name) {
      case "json" -> Optional.of(new JsonFormat());
      case "csv" -> Optional.of(new CsvFormat());
      case "cef" -> Optional.of(new CefFormat(product));
      case OCSF -> Optional.of(new OcsfFormat(OcsfVersion.STANDARD, product));
      case "ecs" -> Optional.of(new EcsFormat(product));
      default -> Optional.empty();
    };
  }

  /** OCSF in one of {@link #ocsfVersions}; nothing where we do not write that version. */
  public Optional<EventFormat> ocsf(String version) {
    return OcsfVersion.named(version).map(known -> new OcsfFormat(known, product));
  }
}
