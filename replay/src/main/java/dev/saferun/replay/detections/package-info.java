/** What was stopped or warned of, as receivers of the organization's events get it. */
@NullMarked
package dev.saferun.replay.detections;

import org.jspecify.annotations.NullMarked;
