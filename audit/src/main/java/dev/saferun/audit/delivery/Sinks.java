package dev.saferun.audit.delivery;

import dev.saferun.audit.format.EventFormat;
import dev.saferun.audit.format.EventFormats;
import dev.saferun.audit.sink.Sink;
import dev.saferun.audit.sink.SinkSettings;
import dev.saferun.audit.sink.SinkType;
import dev.saferun.audit.sink.SinkTypes;
import dev.saferun.platform.SealedTexts;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Opens the way to a destination, in the form that it wants. */
@Singleton
public class Sinks {

  private static final String OCSF_VERSION = "ocsf/";

  private final SinkTypes types;
  private final EventFormats formats;
  private final SealedTexts secrets;

  Sinks(SinkTypes types, EventFormats formats, SealedTexts secrets) {
    this.types = types;
    this.formats = formats;
    this.secrets = secrets;
  }

  public Optional<SinkType> type(String name) {
    return types.named(name);
  }

  /** A form by its name; that of OCSF may have a version, as in {@code ocsf/1.6.0}. */
  public Optional<EventFormat> format(String name) {
    return name.startsWith(OCSF_VERSION)
        ? formats.ocsf(name.substring(OCSF_VERSION.length()))
        : formats.named(name);
  }

  /** The names of all types. */
  public List<String> typeNames() {
    return types.all().stream().map(SinkType::name).toList();
  }

  /** The names of all forms. */
  public List<String> formatNames() {
    List<String> names = new ArrayList<>(EventFormats.names());
    EventFormats.ocsfVersions().forEach(version -> names.add(OCSF_VERSION + version));
    return names;
  }

  /** The credentials that a destination has. */
  public CompletionStage<Map<String, String>> secrets(Destination destination) {
    return secrets.open(
        destination.organizationId(), destination.sealedPlace(), destination.sealedSecrets());
  }

  EventFormat formatOf(Destination destination) {
    return format(destination.format())
        .orElseThrow(() -> new IllegalStateException("a destination in a form that is not known"));
  }

  CompletionStage<Sink> open(Destination destination) {
    SinkType type =
        type(destination.type())
            .orElseThrow(
                () -> new IllegalStateException("a destination of a type that is not known"));
    return secrets(destination)
        .thenApply(opened -> type.open(new SinkSettings(destination.settings(), opened)));
  }
}
