package dev.saferun.audit.merkle;

/** Whole subtrees of a tree that is kept somewhere. They never change. */
@FunctionalInterface
public interface Subtrees {

  /** The root of the subtree of 2^level leaves that begins at leaf {@code index} * 2^level. */
  byte[] root(int level, long index);
}
