@NullMarked
package dev.saferun.replay.drain;

import org.jspecify.annotations.NullMarked;
