/** The audit log over HTTP, for admin keys. */
@NullMarked
package dev.saferun.audit.http;

import org.jspecify.annotations.NullMarked;
