/**
 * Keys in the schema {@code auth}, and everything that reads them into the index or writes behind
 * it. The entity never leaves this package.
 */
@NullMarked
package dev.saferun.auth.store;

import org.jspecify.annotations.NullMarked;
