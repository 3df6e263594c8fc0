package dev.saferun.platform;

import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.Clock;

/**
 * The wall clock as a bean, to be taken as {@link java.time.InstantSource} wherever time is read.
 */
@Factory
final class SystemClock {

  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }
}
