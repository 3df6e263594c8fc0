package dev.saferun.audit.format;

import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.util.Objects;

/** The forms of events, as this version of the appliance writes them. */
@Factory
final class FormatBeans {

  private static final String FROM_SOURCES = "0";

  @Singleton
  EventFormats formats() {
    return new EventFormats(
        Objects.requireNonNullElse(
            FormatBeans.class.getPackage().getImplementationVersion(), FROM_SOURCES));
  }
}
