/** What was recorded ends when its time has come: first the originals, later the runs. */
@NullMarked
package dev.saferun.replay.retention;

import org.jspecify.annotations.NullMarked;
