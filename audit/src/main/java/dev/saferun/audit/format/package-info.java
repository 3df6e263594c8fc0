/** The forms in which an event leaves: our JSON, CSV, CEF, OCSF and ECS. */
@NullMarked
package dev.saferun.audit.format;

import org.jspecify.annotations.NullMarked;
