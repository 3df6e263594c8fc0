/**
 * The rules as they are kept: immutable versions, each written with its audit event and its notice
 * to the other nodes.
 */
@NullMarked
package dev.saferun.evaluator.rules;

import org.jspecify.annotations.NullMarked;
