/**
 * Who calls: API keys, made once, kept as a keyed hash, checked in memory.
 *
 * <p>A key looks like {@code srk_agent_} and 34 more characters. The prefix lets a scanner of
 * repositories recognise it, 28 characters carry 166 random bits, and the last six are a CRC-32 by
 * which a mistyped or invented key is refused before anything is computed. It is shown once; the
 * database holds its HMAC-SHA256 under a key of the appliance's keyring, so that a stolen database
 * opens nothing and the hash of a guessed key cannot be computed elsewhere.
 *
 * <p>There are three kinds. An <b>agent</b> key is bound to one environment and checks actions. An
 * <b>admin</b> key administers one organization. An <b>operator</b> key is an admin key that may
 * also open new organizations; it still sees its own only.
 *
 * <p>Every address under {@code /v1} passes one filter. It takes the key from the header, asks the
 * index (one immutable map; no database, no lock, no waiting), and leaves the {@link
 * dev.saferun.platform.Actor} with the request. A controller takes {@code Actor} or {@link
 * dev.saferun.platform.Scope} as a parameter and gets no request that has none: two independent
 * places refuse by default.
 *
 * <p>What changes a key is a transaction with its audit event and a notice to every node; the node
 * that made the change has it in force when it answers, the others within a second. While the
 * database is away keys go on working as they were last known, and none can be made or revoked; a
 * start then knows them from this node's disk, where their keyed hashes lie as in the database.
 * Expiry needs no database: it is compared at every call with a clock that never goes back, so a
 * wall clock that is set back does not revive a key. When a key was last used is noted in memory
 * and written behind, at most once a minute, the first use within seconds.
 *
 * <p>Limits, each with what happens beyond it: a key has the requests a second of its environment
 * ({@code 429} with {@code Retry-After}), an admin key 1,000; an address that keeps sending keys
 * that are not good is answered {@code 429} instead of {@code 401} until it slows down, and good
 * keys from the same address are not held up by that.
 *
 * <p>{@link dev.saferun.auth.ApiKeys} is the way in for whoever makes keys, {@link
 * dev.saferun.auth.Bootstrap} for the first start of an appliance.
 */
@NullMarked
package dev.saferun.auth;

import org.jspecify.annotations.NullMarked;
