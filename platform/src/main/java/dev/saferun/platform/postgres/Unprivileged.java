package dev.saferun.platform.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * How the server is run without privileges, which it insists on.
 *
 * <p>An ordinary user runs it as itself. Root runs it in a user namespace without any mapping: the
 * server sees itself and its files as belonging to nobody, has lost every capability, and yet the
 * files stay root's, so a data directory under a closed home works. Where the kernel forbids
 * namespaces (some containers) root becomes nobody by {@code setpriv}, and the files are given to
 * nobody first. All tools are of util-linux, which every Debian and Red Hat has. {@code setsid}
 * keeps a terminal's interrupt from reaching the server before the appliance has flushed.
 */
enum Unprivileged {
  SAME_USER,
  USER_NAMESPACE,
  NOBODY;

  private static final int ROOT_ID = 0;
  private static final int NOBODY_ID = 65_534;

  static Unprivileged choose() {
    if (!"root".equals(System.getProperty("user.name"))) {
      return SAME_USER;
    }
    return USER_NAMESPACE.works() ? USER_NAMESPACE : NOBODY;
  }

  List<String> command(List<String> program) {
    List<String> command = new ArrayList<>();
    command.add("setsid");
    command.addAll(prefix());
    command.addAll(program);
    return command;
  }

  /** Gives a directory to the user that the server runs as, where another one had it before. */
  void own(Path directory) {
    if (this == SAME_USER) {
      return;
    }
    Integer wanted = this == NOBODY ? NOBODY_ID : ROOT_ID;
    try {
      if (!wanted.equals(Files.getAttribute(directory, "unix:uid"))) {
        give(directory, wanted);
      }
    } catch (IOException fault) {
      throw new UncheckedIOException("cannot hand over " + directory, fault);
    }
  }

  /** Lets nobody walk through a directory of root's without seeing what else is in it. */
  void passThrough(Path directory) {
    if (this != NOBODY) {
      return;
    }
    try {
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
    } catch (IOException fault) {
      throw new UncheckedIOException("cannot open " + directory + " for the server", fault);
    }
  }

  private static void give(Path directory, Integer userId) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.toList()) {
        Files.setAttribute(path, "unix:uid", userId, LinkOption.NOFOLLOW_LINKS);
      }
    }
  }

  private List<String> prefix() {
    return switch (this) {
      case SAME_USER -> List.of();
      case USER_NAMESPACE -> List.of("unshare", "--user");
      case NOBODY -> List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
    };
  }

  private boolean works() {
    try {
      Process probe = new ProcessBuilder(command(List.of("true"))).start();
      return probe.waitFor(10, TimeUnit.SECONDS) && probe.exitValue() == 0;
    } catch (IOException missing) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
