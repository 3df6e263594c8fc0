package dev.saferun.replay.journal;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;

/** A file's content twice: as processes see it, and as it is on the platter, sector by sector. */
final class SimulatedFile {

  private final int sectorBytes;
  private byte[] seen = new byte[0];
  private byte[] stored = new byte[0];
  private int size;
  private int storedSize;
  private final BitSet dirty = new BitSet();
  private boolean lostPages;

  SimulatedFile(int sectorBytes) {
    this.sectorBytes = sectorBytes;
  }

  int size() {
    return size;
  }

  boolean lostPages() {
    return lostPages;
  }

  void write(byte[] bytes, int offset) {
    grow(offset + bytes.length);
    System.arraycopy(bytes, 0, seen, offset, bytes.length);
    size = Math.max(size, offset + bytes.length);
    dirty.set(offset / sectorBytes, (offset + bytes.length - 1) / sectorBytes + 1);
  }

  private void grow(int bytes) {
    if (bytes > seen.length) {
      int capacity = (Math.max(bytes, 2 * seen.length) / 4096 + 1) * 4096;
      seen = Arrays.copyOf(seen, capacity);
      stored = Arrays.copyOf(stored, capacity);
    }
  }

  byte[] read(int offset, int bytes) {
    return Arrays.copyOfRange(seen, offset, Math.min(size, offset + bytes));
  }

  void truncate(int bytes) {
    if (bytes < size) {
      Arrays.fill(seen, bytes, size, (byte) 0);
      int firstGone = (bytes + sectorBytes - 1) / sectorBytes;
      dirty.clear(firstGone, Math.max(firstGone, seen.length / sectorBytes + 1));
      size = bytes;
    }
  }

  void force() {
    dirty.stream().forEach(this::store);
    dirty.clear();
    if (storedSize > size) {
      Arrays.fill(stored, size, storedSize, (byte) 0);
    }
    storedSize = size;
  }

  /** Writes some sectors and forgets that the others were to be written, as kernels do. */
  void failForce(Random random) {
    int[] sectors = dirty.stream().toArray();
    for (int sector : sectors) {
      if (random.nextBoolean()) {
        store(sector);
      } else {
        lostPages = true;
      }
    }
    dirty.clear();
  }

  private void store(int sector) {
    int from = sector * sectorBytes;
    int bytes = Math.min(sectorBytes, seen.length - from);
    System.arraycopy(seen, from, stored, from, bytes);
  }

  /** What is left after the power failed: any of the unforced sectors, some torn or garbled. */
  void losePower(Random random) {
    int[] sectors = dirty.stream().toArray();
    for (int sector : sectors) {
      if (random.nextBoolean()) {
        store(sector);
        tear(sector, random);
      }
    }
    storedSize = random.nextBoolean() ? storedSize : size;
    size = storedSize;
    Arrays.fill(stored, size, stored.length, (byte) 0);
    seen = stored.clone();
    dirty.clear();
    lostPages = false;
  }

  private void tear(int sector, Random random) {
    int from = sector * sectorBytes;
    int bytes = Math.min(sectorBytes, seen.length - from);
    if (random.nextInt(4) == 0) {
      int kept = random.nextInt(bytes);
      Arrays.fill(stored, from + kept, from + bytes, (byte) 0);
    } else if (random.nextInt(4) == 0) {
      stored[from + random.nextInt(bytes)] ^= (byte) (1 << random.nextInt(8));
    }
  }

  /** Storage decays under a file that was forced. */
  void flipBit(int offset) {
    seen[offset] ^= 1;
    stored[offset] ^= 1;
  }
}
