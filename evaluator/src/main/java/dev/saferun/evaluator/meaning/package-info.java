/**
 * How near two texts are in meaning, by a small network that ships with the product and runs in
 * this process: no word leaves it.
 */
@NullMarked
package dev.saferun.evaluator.meaning;

import org.jspecify.annotations.NullMarked;
