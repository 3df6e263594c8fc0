/**
 * How often each rule in force spoke, counted in memory from the decisions of this node. The
 * counting is on the path of every check: a look-up and an addition, no lock and no allocation.
 */
@NullMarked
package dev.saferun.evaluator.hits;

import org.jspecify.annotations.NullMarked;
