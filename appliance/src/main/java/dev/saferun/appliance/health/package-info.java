/**
 * What {@code /health} tells. Ready means that this node answers a check correctly now: the path is
 * warm and the journal takes records. A database that is away, a drain that lags and rules that did
 * not compile are told as {@code degraded} with their reason; they do not take a node out of
 * service that still does its work. So is a start that went on from this node's disk, and a disk
 * that could no longer serve for that.
 */
@NullMarked
package dev.saferun.appliance.health;

import org.jspecify.annotations.NullMarked;
