package dev.saferun.audit.merkle;

import java.util.ArrayList;
import java.util.List;

/**
 * The right edge of a tree: the roots of its largest whole subtrees, from left to right. It is all
 * that is needed to append, and to tell the tree's root, in memory that grows with the logarithm.
 */
public final class Frontier {

  private long size;
  private final List<byte[]> roots = new ArrayList<>();

  /** Of an empty tree. */
  public Frontier() {}

  private Frontier(long size, List<byte[]> roots) {
    this.size = size;
    this.roots.addAll(roots);
  }

  /**
   * Of a tree that is kept elsewhere.
   *
   * @param subtrees the whole subtrees of that tree
   */
  public static Frontier of(long size, Subtrees subtrees) {
    List<byte[]> roots = new ArrayList<>();
    long done = 0;
    for (int level = Long.SIZE - 2; level >= 0; level--) {
      if ((size >> level & 1) == 1) {
        roots.add(subtrees.root(level, done >> level));
        done += 1L << level;
      }
    }
    return new Frontier(size, roots);
  }

  public Frontier copy() {
    return new Frontier(size, roots);
  }

  public long size() {
    return size;
  }

  public void append(byte[] leafHash) {
    append(leafHash, (level, index, hash) -> {});
  }

  /** Appends, and hands over each subtree that became whole by it, the leaf itself first. */
  public void append(byte[] leafHash, Grown grown) {
    byte[] hash = leafHash;
    int level = 0;
    grown.whole(level, size, hash);
    for (long left = size; (left & 1) == 1; left >>= 1) {
      hash = TreeHash.node(roots.removeLast(), hash);
      level++;
      grown.whole(level, size >> level, hash);
    }
    roots.add(hash);
    size++;
  }

  /** The root of the whole tree. */
  public byte[] root() {
    if (roots.isEmpty()) {
      return TreeHash.empty();
    }
    byte[] hash = roots.getLast();
    for (int i = roots.size() - 2; i >= 0; i--) {
      hash = TreeHash.node(roots.get(i), hash);
    }
    return hash;
  }

  /** Is told of subtrees that became whole. */
  @FunctionalInterface
  public interface Grown {
    /**
     * @param level of 2^level leaves
     * @param index of the subtree among those of its level
     */
    void whole(int level, long index, byte[] hash);
  }
}
