/**
 * Tenancy in the schema {@code tenancy} and in memory. The entities never leave this package; what
 * does is records.
 */
@NullMarked
package dev.saferun.tenancy.store;

import org.jspecify.annotations.NullMarked;
