package dev.saferun.replay.journal;

import java.util.List;

/**
 * What one read returned, in order of position.
 *
 * @param damaged what could not be read among them; to be reported, never to be passed over
 * @param nextPosition where the next read begins; all before it was returned or is damaged
 */
public record JournalBatch(List<JournalEntry> entries, List<Damaged> damaged, long nextPosition) {

  public boolean isEmpty() {
    return entries.isEmpty() && damaged.isEmpty();
  }
}
