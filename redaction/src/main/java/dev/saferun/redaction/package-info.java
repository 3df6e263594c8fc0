/** The redaction module. */
@NullMarked
package dev.saferun.redaction;

import org.jspecify.annotations.NullMarked;
