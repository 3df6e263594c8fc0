package dev.saferun.replay.journal;

/**
 * A snapshot of the journal's figures, cheap enough for every scrape.
 *
 * @param depthRecords durable records that are not released yet
 * @param depthBytes their bytes, too high by at most one second of appends
 * @param oldestAgeMillis age of the oldest of them; 0 when there is none
 * @param diskBytes bytes of all segment files: what the total bound counts
 * @param queuedBytes bytes that wait for the writer
 * @param groups groups written since the start
 * @param records records made durable since the start
 * @param lastGroupRecords size of the last group
 * @param lastSyncMicros how long its sync took
 * @param syncMicrosTotal sum over all groups
 * @param refused appends that ended as anything but durable, since the start
 * @param healthy false from a disk fault until the next group is durable
 */
public record JournalStats(
    long depthRecords,
    long depthBytes,
    long oldestAgeMillis,
    long diskBytes,
    long queuedBytes,
    long groups,
    long records,
    int lastGroupRecords,
    long lastSyncMicros,
    long syncMicrosTotal,
    long refused,
    boolean healthy) {}
