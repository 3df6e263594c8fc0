@NullMarked
package dev.saferun.replay.store;

import org.jspecify.annotations.NullMarked;
