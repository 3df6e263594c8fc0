/** A redaction policy that is not in force yet, tried over what was recorded. */
@NullMarked
package dev.saferun.replay.dryrun;

import org.jspecify.annotations.NullMarked;
