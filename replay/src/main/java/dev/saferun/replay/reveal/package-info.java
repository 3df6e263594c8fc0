/**
 * What was sealed of records, opened: for the appliance itself, which decides again what was
 * decided, and for a person whose look is permitted, has a reason, ends by itself and stands in the
 * audit log before a byte is shown. And closed for good: whoever destroys the keys of a run takes
 * its originals away and leaves every hash what it was.
 */
@NullMarked
package dev.saferun.replay.reveal;

import org.jspecify.annotations.NullMarked;
