/** The replay module. */
@NullMarked
package dev.saferun.replay;

import org.jspecify.annotations.NullMarked;
