/**
 * The appliance: the one process that a customer runs, made of the modules below it.
 *
 * <p>{@code cli} is the command line, {@code serve} the wiring and the life of the server, {@code
 * health} and {@code telemetry} what it tells of itself. Nothing here decides, records or redacts:
 * this module joins the ports of the others and holds the tests that walk a request the whole path,
 * from the door to the disk and back.
 */
@NullMarked
package dev.saferun.appliance;

import org.jspecify.annotations.NullMarked;
