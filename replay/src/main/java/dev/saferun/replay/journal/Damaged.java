package dev.saferun.replay.journal;

/**
 * A place in a segment where durable records can no longer be read: storage changed or lost them.
 * The records before and after it are served.
 *
 * @param segment the file's name
 * @param offset of the first unreadable byte
 * @param firstPosition the first position lost
 * @param lastPosition the last position lost
 */
public record Damaged(String segment, long offset, long firstPosition, long lastPosition) {}
