package dev.saferun.audit.sink;

import java.util.Set;

/** A protocol: what can be configured of it, and how a way to a receiver is opened. */
public interface SinkType {

  /** As it is written in a destination, such as {@code splunk_hec}. */
  String name();

  /** The settings that are secret: they are sealed where they are kept, and never shown. */
  Set<String> secretNames();

  /**
   * Refuses what cannot be: an unknown, missing or wrong setting, with its place below {@code
   * /settings} or {@code /secrets}. Reaches no network.
   *
   * @throws dev.saferun.platform.ProblemException with what is wrong and where
   */
  void check(SinkSettings settings);

  /** Opens a way to the receiver; connects with the first batch. The settings were checked. */
  Sink open(SinkSettings settings);
}
