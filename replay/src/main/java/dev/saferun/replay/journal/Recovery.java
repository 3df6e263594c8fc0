package dev.saferun.replay.journal;

import java.util.List;

/**
 * What opening the journal found.
 *
 * @param released the position up to which the drain had persisted all
 * @param last the last durable position; equal to {@code released} when nothing waits
 * @param recordsCut whole records of a torn, never acknowledged last group that were cut
 * @param bytesCut bytes after the last durable record that were not empty
 * @param damaged durable records that storage lost
 */
public record Recovery(
    long released, long last, long recordsCut, long bytesCut, List<Damaged> damaged) {

  /** How many records wait for the drain, the damaged ones included. */
  public long waiting() {
    return last - released;
  }
}
