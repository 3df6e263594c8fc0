package dev.saferun.replay.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A disk in memory that does what disks may: takes a part of a write, is full, refuses, forgets
 * what was not forced, and stops at any operation. All of it follows from one seed.
 */
final class SimulatedDisk implements Disk {

  private final Random random;
  private final int sectorBytes;
  private Map<Path, SimulatedFile> names = new TreeMap<>();

  /** The names after each change since the directory was last forced; the first is durable. */
  private final List<Map<Path, SimulatedFile>> nameHistory = new ArrayList<>();

  private long operationsUntilCrash = -1;
  private boolean crashed;
  private boolean locked;
  private long capacityBytes = Long.MAX_VALUE;
  private int faultsPerThousand;

  SimulatedDisk(Random random) {
    this.random = random;
    this.sectorBytes = random.nextBoolean() ? 512 : 4096;
    nameHistory.add(Map.of());
  }

  void crashAfter(long operations) {
    operationsUntilCrash = operations;
  }

  void capacityBytes(long bytes) {
    capacityBytes = bytes;
  }

  void faultsPerThousand(int faults) {
    faultsPerThousand = faults;
  }

  long usedBytes() {
    return names.values().stream().mapToLong(SimulatedFile::size).sum();
  }

  boolean lostPages() {
    return names.values().stream().anyMatch(SimulatedFile::lostPages);
  }

  SimulatedFile file(Path path) {
    SimulatedFile file = names.get(path);
    if (file == null) {
      throw new IllegalStateException("no file " + path);
    }
    return file;
  }

  /** The process ends; what it wrote is in the cache still. */
  void kill() {
    crashed = false;
    locked = false;
    operationsUntilCrash = -1;
  }

  /** The machine ends; the cache is gone, and names changed since the last force may be. */
  void losePower() {
    kill();
    names = new TreeMap<>(nameHistory.get(random.nextInt(nameHistory.size())));
    names.values().forEach(file -> file.losePower(random));
    forgetNameHistory();
  }

  private void forgetNameHistory() {
    nameHistory.clear();
    nameHistory.add(Map.copyOf(names));
  }

  private void operation() {
    if (operationsUntilCrash == 0) {
      crashed = true;
    }
    if (crashed) {
      throw new SimulatedCrash();
    }
    if (operationsUntilCrash > 0) {
      operationsUntilCrash--;
    }
  }

  boolean faultPossible() {
    return faultsPerThousand > 0 || capacityBytes != Long.MAX_VALUE;
  }

  private boolean fault() {
    return random.nextInt(1000) < faultsPerThousand;
  }

  private void nameChanged() {
    nameHistory.add(Map.copyOf(names));
  }

  @Override
  public void createDirectory(Path directory) {
    operation();
  }

  @Override
  public DiskFile create(Path path) {
    operation();
    SimulatedFile file = new SimulatedFile(sectorBytes);
    names.put(path, file);
    nameChanged();
    return new Handle(file);
  }

  @Override
  public DiskFile open(Path path) throws IOException {
    return openForReading(path);
  }

  @Override
  public DiskFile openForReading(Path path) throws IOException {
    operation();
    SimulatedFile file = names.get(path);
    if (file == null) {
      throw new NoSuchFileException(path.toString());
    }
    return new Handle(file);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    operation();
    SimulatedFile file = names.remove(from);
    if (file == null) {
      throw new NoSuchFileException(from.toString());
    }
    names.put(to, file);
    nameChanged();
  }

  @Override
  public void delete(Path path) {
    operation();
    if (names.remove(path) != null) {
      nameChanged();
    }
  }

  @Override
  public List<Path> list(Path directory) {
    operation();
    return List.copyOf(names.keySet());
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    operation();
    if (fault()) {
      throw new IOException("simulated fault of a directory sync");
    }
    forgetNameHistory();
  }

  @Override
  public AutoCloseable lock(Path file) throws IOException {
    operation();
    if (locked) {
      throw new JournalLocked(file);
    }
    locked = true;
    return () -> locked = false;
  }

  private final class Handle implements DiskFile {

    private final SimulatedFile file;

    Handle(SimulatedFile file) {
      this.file = file;
    }

    @Override
    public int write(ByteBuffer source, long offset) throws IOException {
      int wanted = source.remaining();
      boolean crashNow = operationsUntilCrash == 0;
      int taken = crashNow || random.nextInt(8) == 0 ? random.nextInt(wanted + 1) : wanted;
      taken = Math.min(taken, room((int) offset, taken));
      byte[] bytes = new byte[taken];
      source.get(bytes);
      if (taken > 0 && !crashed) {
        file.write(bytes, (int) offset);
      }
      operation();
      if (fault()) {
        throw new IOException("simulated fault of a write");
      }
      if (taken == 0 && room((int) offset, 1) == 0) {
        throw new DiskFullException("simulated full disk");
      }
      if (taken == 0) {
        return write(source, offset);
      }
      return taken;
    }

    private int room(int offset, int bytes) {
      long growth = Math.max(0, (long) offset + bytes - file.size());
      long free = Math.max(0, capacityBytes - usedBytes());
      return (int) (bytes - Math.max(0, growth - free));
    }

    @Override
    public int read(ByteBuffer target, long offset) {
      operation();
      if (offset >= file.size()) {
        return -1;
      }
      byte[] bytes = file.read((int) offset, target.remaining());
      target.put(bytes);
      return bytes.length;
    }

    @Override
    public void force() throws IOException {
      if (operationsUntilCrash == 0) {
        file.failForce(random);
      }
      operation();
      if (fault()) {
        file.failForce(random);
        throw new IOException("simulated fault of a sync");
      }
      file.force();
    }

    @Override
    public void truncate(long size) throws IOException {
      operation();
      if (fault()) {
        throw new IOException("simulated fault of a truncation");
      }
      file.truncate((int) size);
    }

    @Override
    public long size() {
      operation();
      return file.size();
    }

    @Override
    public void close() {
      // A handle holds nothing back.
    }
  }
}
