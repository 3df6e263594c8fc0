package dev.saferun.appliance;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The {@code saferun} command in a process of its own, as a person or a script calls it. */
record SaferunCommand(Api caller, List<Path> classPathFirst) {

  private static final int SECONDS_MAX = 120;

  static SaferunCommand as(Api caller) {
    return new SaferunCommand(caller, List.of());
  }

  /** With these folders before everything that the command is packaged with. */
  SaferunCommand withFirst(Path folder) {
    return new SaferunCommand(caller, List.of(folder));
  }

  /** How a command ended and what it said. */
  record Ended(int code, String output, String errors) {
    JsonNode json() throws IOException {
      return Api.JSON.readTree(output);
    }
  }

  Ended run(String... arguments) throws IOException, InterruptedException {
    List<String> classPath = new ArrayList<>();
    classPathFirst.forEach(folder -> classPath.add(folder.toString()));
    classPath.add(System.getProperty("java.class.path"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-cp", String.join(File.pathSeparator, classPath)));
    command.add("dev.saferun.appliance.cli.Saferun");
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile("saferun-command", ".out");
    Path errors = Files.createTempFile("saferun-command", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
    builder.environment().put("SAFERUN_URL", caller.base().toString());
    builder.environment().put("SAFERUN_API_KEY", caller.key());
    Process process = builder.start();
    if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("the command did not end: " + command.getLast());
    }
    return new Ended(process.exitValue(), text(output), text(errors));
  }

  private static String text(Path file) throws IOException {
    String text = Files.readString(file, StandardCharsets.UTF_8);
    Files.delete(file);
    return text;
  }
}
