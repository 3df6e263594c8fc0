package dev.saferun.audit.merkle;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * Audit paths (RFC 6962, 2.1.1) and consistency proofs (2.1.2), made from whole subtrees, and
 * checked as RFC 9162 (2.1.3.2 and 2.1.4.2) says.
 */
public final class Proofs {

  private Proofs() {}

  /** The path that shows that the leaf is in the tree of that size. */
  public static List<byte[]> inclusion(long index, long size, Subtrees subtrees) {
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException("no such leaf in a tree of that size");
    }
    List<byte[]> path = new ArrayList<>();
    inclusion(index, 0, size, subtrees, path);
    return path;
  }

  private static void inclusion(
      long index, long start, long end, Subtrees subtrees, List<byte[]> path) {
    if (end - start == 1) {
      return;
    }
    long middle = start + split(end - start);
    if (index < middle) {
      inclusion(index, start, middle, subtrees, path);
      path.add(root(middle, end, subtrees));
    } else {
      inclusion(index, middle, end, subtrees, path);
      path.add(root(start, middle, subtrees));
    }
  }

  /** What shows that the tree of the later size begins with that of the earlier one. */
  public static List<byte[]> consistency(long earlier, long later, Subtrees subtrees) {
    if (earlier < 0 || earlier > later) {
      throw new IllegalArgumentException("the earlier tree must be the smaller one");
    }
    List<byte[]> proof = new ArrayList<>();
    if (earlier > 0 && earlier < later) {
      consistency(earlier, 0, later, true, subtrees, proof);
    }
    return proof;
  }

  /**
   * @param known whether the reader has the root of what lies from start to the earlier end
   */
  private static void consistency(
      long earlier, long start, long end, boolean known, Subtrees subtrees, List<byte[]> proof) {
    if (earlier == end) {
      if (!known) {
        proof.add(root(start, end, subtrees));
      }
      return;
    }
    long middle = start + split(end - start);
    if (earlier <= middle) {
      consistency(earlier, start, middle, known, subtrees, proof);
      proof.add(root(middle, end, subtrees));
    } else {
      consistency(earlier, middle, end, false, subtrees, proof);
      proof.add(root(start, middle, subtrees));
    }
  }

  /** The root of any part that a tree is split into: it begins where a whole subtree may. */
  private static byte[] root(long start, long end, Subtrees subtrees) {
    long size = end - start;
    if (Long.bitCount(size) == 1) {
      int level = Long.numberOfTrailingZeros(size);
      return subtrees.root(level, start >> level);
    }
    long middle = start + split(size);
    return TreeHash.node(root(start, middle, subtrees), root(middle, end, subtrees));
  }

  /** The largest power of two that is smaller. */
  private static long split(long size) {
    return Long.highestOneBit(size - 1);
  }

  /** Whether the path leads from the leaf to the root. */
  public static boolean isIncluded(
      byte[] leafHash, long index, long size, List<byte[]> path, byte[] root) {
    if (index < 0 || index >= size) {
      return false;
    }
    long place = index;
    long last = size - 1;
    byte[] hash = leafHash;
    for (byte[] next : path) {
      if (last == 0) {
        return false;
      }
      if ((place & 1) == 1 || place == last) {
        hash = TreeHash.node(next, hash);
        while ((place & 1) == 0 && place != 0) {
          place >>= 1;
          last >>= 1;
        }
      } else {
        hash = TreeHash.node(hash, next);
      }
      place >>= 1;
      last >>= 1;
    }
    return last == 0 && MessageDigest.isEqual(hash, root);
  }

  /** Whether the proof shows that the later tree begins with the earlier one. */
  public static boolean isConsistent(
      long earlier, byte[] earlierRoot, long later, byte[] laterRoot, List<byte[]> proof) {
    if (earlier == later) {
      return proof.isEmpty() && MessageDigest.isEqual(earlierRoot, laterRoot);
    }
    if (earlier == 0) {
      return proof.isEmpty() && MessageDigest.isEqual(earlierRoot, TreeHash.empty());
    }
    if (earlier < 0 || earlier > later) {
      return false;
    }
    List<byte[]> hashes = new ArrayList<>(proof);
    if (Long.bitCount(earlier) == 1) {
      hashes.addFirst(earlierRoot);
    }
    return !hashes.isEmpty() && walk(earlier, earlierRoot, later, laterRoot, hashes);
  }

  private static boolean walk(
      long earlier, byte[] earlierRoot, long later, byte[] laterRoot, List<byte[]> hashes) {
    int shared = Long.numberOfTrailingZeros(~(earlier - 1));
    long place = (earlier - 1) >> shared;
    long last = (later - 1) >> shared;
    byte[] old = hashes.getFirst();
    byte[] grown = old;
    for (byte[] next : hashes.subList(1, hashes.size())) {
      if (last == 0) {
        return false;
      }
      if ((place & 1) == 1 || place == last) {
        old = TreeHash.node(next, old);
        grown = TreeHash.node(next, grown);
        while ((place & 1) == 0 && place != 0) {
          place >>= 1;
          last >>= 1;
        }
      } else {
        grown = TreeHash.node(grown, next);
      }
      place >>= 1;
      last >>= 1;
    }
    return last == 0
        && MessageDigest.isEqual(old, earlierRoot)
        && MessageDigest.isEqual(grown, laterRoot);
  }
}
