/** The appliance module. */
@NullMarked
package dev.saferun.appliance;

import org.jspecify.annotations.NullMarked;
