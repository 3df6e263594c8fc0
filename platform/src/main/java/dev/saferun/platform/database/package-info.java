/**
 * How {@link dev.saferun.platform.Database} is kept: roles and migrations by a JDBC connection of
 * the owner at start, then two pools of the application's role (entities for the control plane,
 * plain SQL for the bulk path), and one connection more that listens for changes.
 */
@NullMarked
package dev.saferun.platform.database;

import org.jspecify.annotations.NullMarked;
