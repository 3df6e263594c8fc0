/** The auth module. */
@NullMarked
package dev.saferun.auth;

import org.jspecify.annotations.NullMarked;
