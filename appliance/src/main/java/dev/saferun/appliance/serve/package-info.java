/**
 * {@code saferun serve}: the data directory and its lock, the configuration, the wiring of the
 * modules, the first start, the warm-up, and the way down.
 */
@NullMarked
package dev.saferun.appliance.serve;

import org.jspecify.annotations.NullMarked;
