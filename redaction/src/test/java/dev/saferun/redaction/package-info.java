/** Tests of redaction. */
@NullMarked
package dev.saferun.redaction;

import org.jspecify.annotations.NullMarked;
