package dev.saferun.auth.scim;

import org.jspecify.annotations.Nullable;

/**
 * What an operation is about.
 *
 * @param choice which of the attribute's values; null where all are meant
 */
record PatchPath(AttributePath path, @Nullable Filter choice) {}
