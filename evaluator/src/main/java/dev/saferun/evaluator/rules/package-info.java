/**
 * The rules and the loop guards as they are written and kept: immutable versions in the schema
 * {@code evaluator}, each written in one transaction with its audit event and its notice to the
 * other nodes. The entities never leave this package; what does is records.
 */
@NullMarked
package dev.saferun.evaluator.rules;

import org.jspecify.annotations.NullMarked;
