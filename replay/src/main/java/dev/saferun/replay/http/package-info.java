/** The addresses under {@code /v1/runs} and {@code /v1/decisions}: recording and reading back. */
@NullMarked
package dev.saferun.replay.http;

import org.jspecify.annotations.NullMarked;
