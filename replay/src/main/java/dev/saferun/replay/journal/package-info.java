/** The journal: append-only segments of checksummed records, durable before an answer leaves. */
@NullMarked
package dev.saferun.replay.journal;

import org.jspecify.annotations.NullMarked;
