/** The audit module. */
@NullMarked
package dev.saferun.audit;

import org.jspecify.annotations.NullMarked;
