/**
 * The data plane: what an agent sends is numbered, redacted and durable before it is answered. It
 * holds the states of the runs in memory, within bounds, and asks the database only for what it
 * cannot know itself. Nothing here blocks but {@code Warmup}, which runs before the first request.
 */
@NullMarked
package dev.saferun.replay.capture;

import org.jspecify.annotations.NullMarked;
