/**
 * What can be told of rules before they are put in force: how two versions differ, what a condition
 * comes to, which rules say the same, and how pinned calls come out. Pure: it reads no clock and no
 * database, and changes nothing. What it says are hints; only {@code rules} refuses.
 */
@NullMarked
package dev.saferun.evaluator.analysis;

import org.jspecify.annotations.NullMarked;
