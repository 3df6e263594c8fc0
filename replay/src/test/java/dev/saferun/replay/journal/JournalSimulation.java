package dev.saferun.replay.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One life of a journal from one seed: appends, reads, releases, faults and crashes in any order,
 * beside a model that knows what was promised. A broken promise is an {@link AssertionError}.
 */
final class JournalSimulation {

  private static final int LIVES = 5;
  private static final int STEPS = 40;

  private final Random random;
  private final SimulatedDisk disk;
  private final JournalSettings settings = TestRecords.small(Path.of("/journal"));
  private final Mechanics mechanics;
  private long nanos;

  /** What must be read back: position to record. */
  private final TreeMap<Long, Pending> promised = new TreeMap<>();

  /** What may be read back or not: its outcome was a fault, or a crash came first. */
  private final Map<UUID, Pending> undecided = new HashMap<>();

  /** Recovered from a cache that a failed sync had left behind: may be lost again. */
  private final Set<Long> weak = new HashSet<>();

  /** A failed sync left pages in the cache that a killed process's successor may have believed. */
  private boolean cacheLied;

  private long released;

  /** Releases whose call did not return: each may have happened or not. */
  private final Set<Long> releasing = new HashSet<>();

  private long readUpTo;
  private long acknowledged;

  JournalSimulation(long seed, Mechanics mechanics) {
    this.random = new Random(seed * 0x9E3779B97F4A7C15L);
    this.disk = new SimulatedDisk(random);
    this.mechanics = mechanics;
  }

  long acknowledged() {
    return acknowledged;
  }

  void run() throws IOException {
    for (int life = 0; life < LIVES; life++) {
      disk.crashAfter(random.nextInt(5) == 0 ? random.nextInt(30) : 20 + random.nextInt(250));
      live();
      crash();
    }
    disk.capacityBytes(Long.MAX_VALUE);
    disk.faultsPerThousand(0);
    JournalCore core = open();
    verify(core);
    heals(core);
  }

  private void crash() {
    cacheLied |= disk.lostPages();
    if (random.nextInt(3) == 0) {
      disk.kill();
    } else {
      disk.losePower();
    }
  }

  private void live() {
    try {
      JournalCore core = open();
      verify(core);
      JournalReader reader = new JournalReader(core, released + 1);
      for (int step = 0; step < STEPS; step++) {
        nanos += random.nextInt(5_000_000);
        act(core, reader);
      }
    } catch (SimulatedCrash e) {
      // What a crash leaves is checked by the next life.
    } catch (IOException e) {
      require(disk.faultPossible(), "a fault that nobody planted: " + e);
    }
  }

  private JournalCore open() throws IOException {
    return JournalCore.open(disk, settings, mechanics, () -> nanos);
  }

  private void act(JournalCore core, JournalReader reader) throws IOException {
    switch (random.nextInt(20)) {
      case 0 -> disk.capacityBytes(disk.usedBytes() + random.nextInt(20_000));
      case 1, 2 -> disk.capacityBytes(Long.MAX_VALUE);
      case 3 -> disk.faultsPerThousand(random.nextBoolean() ? 50 : 0);
      case 4, 5, 6 -> read(core, reader);
      case 7, 8 -> release(core);
      case 9 -> prepareSpare(core);
      default -> append(core);
    }
  }

  private void append(JournalCore core) {
    ArrayDeque<Pending> queue = new ArrayDeque<>();
    int count = 1 + random.nextInt(8);
    int bytes = random.nextBoolean() ? 100 : 1800;
    for (int i = 0; i < count; i++) {
      Pending record =
          TestRecords.record(random, random.nextInt(3) == 0 ? random.nextInt(bytes) : bytes);
      queue.add(record);
      undecided.put(record.header().recordId(), record);
    }
    while (!queue.isEmpty()) {
      List<Pending> group = new ArrayList<>();
      if (core.writeGroup(queue, group) instanceof Appended.Durable first) {
        promise(first.position(), group);
        undecided.keySet().retainAll(ids(queue));
      }
    }
  }

  private static Set<UUID> ids(Iterable<Pending> records) {
    Set<UUID> ids = new HashSet<>();
    records.forEach(record -> ids.add(record.header().recordId()));
    return ids;
  }

  private void promise(long firstPosition, List<Pending> group) {
    for (int i = 0; i < group.size(); i++) {
      Pending before = promised.put(firstPosition + i, group.get(i));
      require(before == null, "position given twice: " + (firstPosition + i));
      acknowledged++;
    }
  }

  private void read(JournalCore core, JournalReader reader) throws IOException {
    for (JournalEntry entry : readSome(core, reader).entries()) {
      Pending record = promised.get(entry.position());
      require(record != null && TestRecords.same(record, entry), "read what was not promised");
      readUpTo = Math.max(readUpTo, entry.position());
    }
  }

  private JournalBatch readSome(JournalCore core, JournalReader reader) throws IOException {
    JournalBatch batch = reader.read(1 + random.nextInt(20), 1 + random.nextInt(20_000));
    for (Damaged damaged : batch.damaged()) {
      requireWeak(damaged);
    }
    require(batch.nextPosition() <= core.durable() + 1, "read past the last durable record");
    return batch;
  }

  private boolean mayBeMissing(long position) {
    return weak.contains(position) || (cacheLied && !promised.containsKey(position));
  }

  private void requireWeak(Damaged damaged) {
    for (long at = damaged.firstPosition(); at <= damaged.lastPosition(); at++) {
      require(mayBeMissing(at), "damage that nobody did: " + damaged);
    }
  }

  private void release(JournalCore core) throws IOException {
    if (readUpTo > released) {
      long target = released + 1 + random.nextInt((int) (readUpTo - released));
      releasing.add(target);
      try {
        core.release(target);
        releasing.clear();
        released = target;
      } catch (IOException e) {
        require(core.released() <= target, "released more than was asked");
        released = core.released();
      }
    }
  }

  private static void prepareSpare(JournalCore core) {
    try {
      if (core.spareWanted()) {
        core.prepareSpare();
      }
    } catch (IOException e) {
      require(!(e instanceof JournalLocked), "no lock takes part");
    }
  }

  /** All that was promised is there, once, unchanged, in order; what else is there is whole. */
  private void verify(JournalCore core) throws IOException {
    boolean believed = !disk.lostPages();
    long recovered = core.recovery().released();
    require(recovered == released || releasing.contains(recovered), "released is " + recovered);
    core.recovery().damaged().forEach(this::requireWeak);
    released = recovered;
    releasing.clear();
    readUpTo = recovered;
    Map<Long, Pending> read = readAll(core, recovered + 1);
    for (Map.Entry<Long, Pending> each : promised.tailMap(recovered + 1).entrySet()) {
      boolean there = read.containsKey(each.getKey()) || weak.contains(each.getKey());
      require(there, "lost an acknowledged record at " + each.getKey());
    }
    for (long position : read.keySet()) {
      if (!believed && !promised.containsKey(position)) {
        weak.add(position);
      }
    }
    promised.clear();
    promised.putAll(read);
    undecided.clear();
  }

  private Map<Long, Pending> readAll(JournalCore core, long from) throws IOException {
    Map<Long, Pending> read = new TreeMap<>();
    long next = from;
    try (JournalReader reader = new JournalReader(core, from)) {
      JournalBatch batch = readSome(core, reader);
      while (!batch.isEmpty()) {
        for (JournalEntry entry : batch.entries()) {
          require(
              entry.position() == next || mayBeMissing(next), "a gap before " + entry.position());
          read.put(entry.position(), original(entry));
          next = entry.position() + 1;
        }
        batch = readSome(core, reader);
      }
    }
    require(Set.copyOf(ids(read.values())).size() == read.size(), "a record came back twice");
    return read;
  }

  private Pending original(JournalEntry entry) {
    Pending known = promised.get(entry.position());
    Pending record =
        known != null && !isUndecided(entry) ? known : undecided.get(entry.header().recordId());
    if (record == null || !TestRecords.same(record, entry)) {
      throw new AssertionError("not what was appended at " + entry.position());
    }
    return record;
  }

  private boolean isUndecided(JournalEntry entry) {
    return weak.contains(entry.position()) && undecided.containsKey(entry.header().recordId());
  }

  /** With space and without faults the next append is durable. */
  private void heals(JournalCore core) throws IOException {
    nanos += settings.retryAfter().toNanos() + 1;
    core.release(core.durable());
    released = core.durable();
    ArrayDeque<Pending> queue = new ArrayDeque<>();
    queue.add(TestRecords.record(random, 1800));
    Appended outcome = core.writeGroup(queue, new ArrayList<>());
    require(outcome instanceof Appended.Durable, "does not heal: " + outcome);
  }

  private static void require(boolean holds, String promise) {
    if (!holds) {
      throw new AssertionError(promise);
    }
  }

  /** Runs one seed; the broken promise, or null. */
  static @Nullable Throwable failure(long seed, Mechanics mechanics) {
    try {
      new JournalSimulation(seed, mechanics).run();
      return null;
    } catch (IOException | RuntimeException | AssertionError e) {
      return e;
    }
  }
}
