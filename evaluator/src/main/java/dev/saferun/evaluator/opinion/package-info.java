/**
 * The customer's own model as a second opinion on calls: asked over HTTP, bounded in time, size and
 * number, left alone where it fails, and never waited for unless a setting says so.
 */
@NullMarked
package dev.saferun.evaluator.opinion;

import org.jspecify.annotations.NullMarked;
