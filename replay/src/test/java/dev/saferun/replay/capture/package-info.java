@NullMarked
package dev.saferun.replay.capture;

import org.jspecify.annotations.NullMarked;
