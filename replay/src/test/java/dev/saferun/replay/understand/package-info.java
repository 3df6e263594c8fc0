@NullMarked
package dev.saferun.replay.understand;

import org.jspecify.annotations.NullMarked;
