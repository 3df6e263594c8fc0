package dev.saferun.platform.postgres;

import dev.saferun.platform.DataDirectory;
import dev.saferun.platform.Ids;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A data directory of PostgreSQL and the commands that make, run and stop the server over it. It
 * holds no process of its own.
 */
final class PostgresCluster {

  static final String SUPERUSER = "postgres";

  private static final int STOP_SECONDS_MAX = 60;
  private static final int NICENESS = 10;

  private final PostgresBinaries binaries;
  private final Unprivileged user;
  private final Path directory;
  private final Path data;
  private final String password;

  PostgresCluster(DataDirectory dataDirectory, Path binariesCache) {
    this(dataDirectory, binariesCache, Unprivileged.choose());
  }

  PostgresCluster(DataDirectory dataDirectory, Path binariesCache, Unprivileged user) {
    this.binaries = PostgresBinaries.unpackInto(binariesCache);
    this.user = user;
    this.directory = dataDirectory.directory("postgres");
    this.data = directory.resolve("data");
    user.passThrough(dataDirectory.path());
    user.passThrough(directory);
    byte[] secret =
        dataDirectory.secret(
            "postgres/password",
            () -> HexFormat.of().formatHex(Ids.secret(24)).getBytes(StandardCharsets.US_ASCII));
    this.password = new String(secret, StandardCharsets.US_ASCII);
  }

  String password() {
    return password;
  }

  /** Makes the data directory where there is none, whole or not at all. */
  void prepare() throws IOException {
    if (Files.exists(data)) {
      checkVersion();
      user.own(data);
      return;
    }
    Path making = directory.resolve("making");
    if (Files.exists(making)) {
      PostgresBinaries.delete(making);
    }
    Files.createDirectory(making);
    user.own(making);
    initialize(making);
    Files.move(making, data, StandardCopyOption.ATOMIC_MOVE);
  }

  private void initialize(Path making) throws IOException {
    Path passwordFile = Files.createTempFile(directory, "password-", ".once");
    try {
      Files.writeString(passwordFile, password + "\n");
      user.own(passwordFile);
      initialize(making, passwordFile);
    } finally {
      Files.delete(passwordFile);
    }
  }

  private void initialize(Path making, Path passwordFile) throws IOException {
    List<String> command =
        user.command(
            List.of(
                binaries.program("initdb"),
                "--pgdata=" + making,
                "--username=" + SUPERUSER,
                "--auth=scram-sha-256",
                "--pwfile=" + passwordFile,
                "--encoding=UTF8",
                "--locale=C",
                "--data-checksums"));
    Path log = directory.resolve("initdb.log");
    Process process = process(command, log);
    if (!ended(process) || process.exitValue() != 0) {
      throw new IllegalStateException("initdb failed; see " + log);
    }
  }

  /** Starts the server as a child; it is not ready yet. */
  Process launch(int port) throws IOException {
    List<String> command =
        user.command(
            List.of(
                // Where the processors are short, a check goes before its way into the database.
                "nice",
                "-n",
                Integer.toString(NICENESS),
                binaries.program("postgres"),
                "-D",
                data.toString(),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "port=" + port,
                "-c",
                "unix_socket_directories=",
                "-c",
                "password_encryption=scram-sha-256",
                "-c",
                "fsync=on",
                "-c",
                "full_page_writes=on",
                "-c",
                "synchronous_commit=on",
                "-c",
                "shared_buffers=128MB",
                "-c",
                "max_connections=100",
                // An error's text can hold a value, so errors go to the client only; the
                // server's log keeps what is about the server itself.
                "-c",
                "log_min_messages=log",
                "-c",
                "log_min_error_statement=panic",
                "-c",
                "log_error_verbosity=terse",
                "-c",
                "log_checkpoints=off",
                "-c",
                "logging_collector=on",
                "-c",
                "log_directory=log",
                "-c",
                "log_filename=%a.log",
                "-c",
                "log_rotation_age=1d",
                "-c",
                "log_rotation_size=0",
                "-c",
                "log_truncate_on_rotation=on"));
    return process(command, startLog());
  }

  Path startLog() {
    return directory.resolve("start.log");
  }

  /** Whether the server with this process id says that it takes connections. */
  boolean ready(long processId) {
    List<String> lines = pidFile();
    return lines.size() >= 8
        && lines.getFirst().strip().equals(Long.toString(processId))
        && lines.get(7).strip().equals("ready");
  }

  /** The server that runs over this directory now, whoever started it. */
  Optional<ProcessHandle> running() {
    List<String> lines = pidFile();
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(lines.getFirst().strip())).filter(this::isOurs);
  }

  /**
   * Clears the way for a start: stops a server that a killed predecessor left behind, and removes
   * the mark of one that is gone, whose process id may by now be anybody's. The caller holds the
   * data directory's lock, so no living SafeRun owns that server.
   */
  void evict() throws IOException {
    if (running().isPresent()) {
      stop();
    }
    Files.deleteIfExists(data.resolve("postmaster.pid"));
  }

  /** Ends the server: open transactions are rolled back, the rest is flushed. */
  void stop() throws IOException {
    Optional<ProcessHandle> server = running();
    if (server.isEmpty()) {
      return;
    }
    if (!controlled("fast") && !controlled("immediate")) {
      server.get().destroyForcibly();
    }
  }

  private boolean controlled(String mode) throws IOException {
    List<String> command =
        user.command(
            List.of(
                binaries.program("pg_ctl"),
                "stop",
                "--pgdata=" + data,
                "--mode=" + mode,
                "--wait",
                "--timeout=30"));
    Process process = process(command, directory.resolve("stop.log"));
    return ended(process) && process.exitValue() == 0;
  }

  /** The port of the last start where it is still free, else another, kept for the next. */
  int choosePort() throws IOException {
    Path file = directory.resolve("port");
    if (Files.exists(file)) {
      int last = Integer.parseInt(Files.readString(file).strip());
      if (isFree(last)) {
        return last;
      }
    }
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Files.writeString(file, Integer.toString(any.getLocalPort()));
      return any.getLocalPort();
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  private void checkVersion() throws IOException {
    String found = Files.readString(data.resolve("PG_VERSION")).strip();
    if (!found.equals(Integer.toString(PostgresBinaries.MAJOR))) {
      throw new IllegalStateException(
          "the data directory " + data + " is of PostgreSQL " + found + "; export and import it");
    }
  }

  /** A process id can be reused: only a server whose command names this directory is ours. */
  private boolean isOurs(ProcessHandle process) {
    try {
      String command =
          Files.readString(
              Path.of("/proc", Long.toString(process.pid()), "cmdline"),
              StandardCharsets.ISO_8859_1);
      return command.contains("postgres\0-D\0" + data + "\0");
    } catch (IOException gone) {
      return false;
    }
  }

  private List<String> pidFile() {
    try {
      return Files.readAllLines(data.resolve("postmaster.pid"));
    } catch (IOException missing) {
      return List.of();
    }
  }

  private Process process(List<String> command, Path log) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    builder.directory(directory.toFile());
    builder.redirectErrorStream(true);
    builder.redirectOutput(log.toFile());
    return builder.start();
  }

  private static boolean ended(Process process) throws IOException {
    try {
      if (process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
        return true;
      }
      process.destroyForcibly();
      return false;
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException("interrupted", interrupted));
    }
  }
}
