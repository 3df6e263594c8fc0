/**
 * The harness behind {@code make reliability}: it kills, stops and starves a real appliance from
 * outside, through the command line and the public API alone, and looks afterwards for every
 * decision that was answered. Each part also runs against an appliance with a planted fault and
 * must find it.
 */
@NullMarked
package dev.saferun.appliance.reliability;

import org.jspecify.annotations.NullMarked;
