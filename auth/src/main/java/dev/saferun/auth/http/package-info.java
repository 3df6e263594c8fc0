/**
 * The door of {@code /v1}: the filter that knows the caller, the parameters that controllers take
 * from it, and the addresses where keys are made.
 */
@NullMarked
package dev.saferun.auth.http;

import org.jspecify.annotations.NullMarked;
