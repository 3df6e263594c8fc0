/**
 * The access review: one line for each role that somebody has, each access token, each directory
 * token and each API key, with who gave it, since when, and when it was last used.
 */
@NullMarked
package dev.saferun.auth.review;

import org.jspecify.annotations.NullMarked;
