package dev.saferun.audit.export;

/**
 * A part of an export.
 *
 * @param gzip what it holds, compressed
 * @param bytes how much it holds
 * @param sha256 of what it holds
 * @param nextIndex where the next part begins
 */
record ExportPart(
    byte[] gzip, long bytes, byte[] sha256, long entries, long nextIndex, boolean isLast) {}
