/** The tenancy module. */
@NullMarked
package dev.saferun.tenancy;

import org.jspecify.annotations.NullMarked;
