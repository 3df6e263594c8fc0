/**
 * The rules and the loop guards as they are written and kept: immutable versions in the schema
 * {@code evaluator}, and activations, which say what of them each environment has in force. Each is
 * written in one transaction with its audit event and, where it changes what is in force, its
 * notice to the other nodes. The entities never leave this package; what does is records.
 */
@NullMarked
package dev.saferun.evaluator.rules;

import org.jspecify.annotations.NullMarked;
