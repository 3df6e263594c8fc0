package dev.saferun.appliance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher finds a Java 25 where there is one and says what to install where there is none. */
class LauncherIT {

  @TempDir Path directory;

  @Test
  void aJava25AmongOthersIsFound() throws IOException, InterruptedException {
    Path right = jdk("temurin-25", "25.0.3");

    Ended ended = launch();

    assertThat(ended.code()).isZero();
    assertThat(ended.text()).contains(right.resolve("bin/java").toString());
  }

  @Test
  void withoutOneItSaysWhatToInstall() throws IOException, InterruptedException {
    Ended ended = launch();

    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.text()).contains("no Java 25").contains("apt-get install");
  }

  private record Ended(int code, String text) {}

  private Ended launch() throws IOException, InterruptedException {
    Path older = jdk("java-17", "17.0.15");
    ProcessBuilder builder = new ProcessBuilder("bin/saferun", "--java").redirectErrorStream(true);
    builder.environment().put("SAFERUN_JVM_DIR", directory.toString());
    builder.environment().put("PATH", older.resolve("bin") + ":/usr/bin:/bin");
    builder.environment().remove("JAVA_HOME");
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), text);
  }

  private Path jdk(String name, String version) throws IOException {
    Path home = directory.resolve(name);
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(
        home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    Path java = Files.createFile(home.resolve("bin/java"));
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    return home;
  }
}
