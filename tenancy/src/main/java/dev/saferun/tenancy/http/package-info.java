/** Organizations, projects and environments over HTTP, for admin keys. */
@NullMarked
package dev.saferun.tenancy.http;

import org.jspecify.annotations.NullMarked;
