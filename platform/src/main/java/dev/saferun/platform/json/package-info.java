/** From a tree of JSON to a record, by the record's own declaration. */
@NullMarked
package dev.saferun.platform.json;

import org.jspecify.annotations.NullMarked;
