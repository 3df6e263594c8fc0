/**
 * Exports of the log. What an export is stands fast when it is asked for: entries never change, and
 * the log's size of that moment is kept. So any node can go on where another stopped, and a part is
 * there whole or not at all.
 */
@NullMarked
package dev.saferun.audit.export;

import org.jspecify.annotations.NullMarked;
