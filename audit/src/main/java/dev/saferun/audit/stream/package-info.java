/** What leaves for a SIEM: one ordered stream of events for each organization. */
@NullMarked
package dev.saferun.audit.stream;

import org.jspecify.annotations.NullMarked;
