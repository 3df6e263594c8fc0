/**
 * A load generator that costs little itself: one thread, keep-alive connections, requests that are
 * made before.
 */
@NullMarked
package dev.saferun.appliance.bench;

import org.jspecify.annotations.NullMarked;
