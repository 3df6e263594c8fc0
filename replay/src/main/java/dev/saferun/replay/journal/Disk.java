package dev.saferun.replay.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What the journal needs of a file system, no more, so that a double can lose, tear and refuse
 * exactly what a real disk may. Nothing is durable before {@link DiskFile#force} (content) and
 * {@link #forceDirectory} (names). A full disk shows as a short write first, then as {@link
 * DiskFullException}.
 */
public interface Disk {

  /** Makes the directory and its parents where they are missing. */
  void createDirectory(Path directory) throws IOException;

  /** A new, empty file for writing; replaces one of this name. */
  DiskFile create(Path file) throws IOException;

  /** An existing file for reading and writing. */
  DiskFile open(Path file) throws IOException;

  /** An existing file for reading only, independent of every other handle on it. */
  DiskFile openForReading(Path file) throws IOException;

  /** Names the file anew, replacing what has that name, in one step. */
  void rename(Path from, Path to) throws IOException;

  /** Removes the file; nothing happens when it is not there. */
  void delete(Path file) throws IOException;

  /** The files of the directory, in no order. */
  List<Path> list(Path directory) throws IOException;

  /** Makes the names in the directory durable. */
  void forceDirectory(Path directory) throws IOException;

  /** Holds the file as a lock until closed; {@link JournalLocked} when another has it. */
  AutoCloseable lock(Path file) throws IOException;
}
