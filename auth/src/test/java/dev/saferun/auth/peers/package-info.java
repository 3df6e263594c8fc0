/**
 * Real identity providers on this machine, and a browser that goes to them. A provider's programs
 * are fetched by the first test that needs them and kept in {@code ~/.cache/saferun}; a test starts
 * it on a free port of 127.0.0.1 and ends it by its process.
 */
@NullMarked
package dev.saferun.auth.peers;

import org.jspecify.annotations.NullMarked;
