/**
 * The Merkle tree of RFC 6962 (section 2.1; RFC 9162 says the same): the hash of a list that only
 * grows, proofs that an entry is in it, and proofs that a longer list begins with a shorter one. It
 * knows bytes alone and does no I/O.
 */
@NullMarked
package dev.saferun.audit.merkle;

import org.jspecify.annotations.NullMarked;
