package dev.saferun.redaction;

/**
 * One line of a policy: what happens to the values at a path.
 *
 * <p>The path is a JSON Pointer (RFC 6901) with three additions. A segment {@code *} stands for any
 * one member or element, {@code **} for any number of them, also none, and a {@code *} within a
 * longer segment for any characters of a name ({@code /context/**}{@code /*_token}). A literal star
 * is written {@code ~2}, beside the {@code ~0} and {@code ~1} of the RFC. An element of an array is
 * matched by its index.
 *
 * @param dataClass the name of what stands there, for tokens and for the list of what was done:
 *     lower-case letters, digits and {@code _}, such as {@code password}
 * @param anyCase whether names match whatever their case
 */
public record PathRule(String path, Action action, String dataClass, boolean anyCase) {}
