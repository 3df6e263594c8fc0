/** Which addresses a customer may have the appliance call. */
@NullMarked
package dev.saferun.audit.address;

import org.jspecify.annotations.NullMarked;
