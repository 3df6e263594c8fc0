/**
 * {@code saferun}: the command line. {@code serve} runs the appliance; every other command speaks
 * to one over HTTP, reads {@code SAFERUN_URL} and {@code SAFERUN_API_KEY}, and takes {@code --json}
 * for one machine-readable result on standard output, with all that is meant for a person on
 * standard error.
 *
 * <p>Exit codes: 0 it is as it should be, 1 the command found a problem, 2 it was called wrongly, 3
 * no server answers.
 */
@NullMarked
package dev.saferun.appliance.cli;

import org.jspecify.annotations.NullMarked;
