@NullMarked
package dev.saferun.replay.approval;

import org.jspecify.annotations.NullMarked;
