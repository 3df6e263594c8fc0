package dev.saferun.evaluator.meaning;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;

/**
 * The runtime's own libraries, unpacked once into a folder of the node. Left to itself the runtime
 * unpacks them into the temporary folder at each start, and a killed process leaves them there.
 */
final class NativeLibraries {

  private static final String PATH_PROPERTY = "onnxruntime.native.path";
  private static final List<String> NAMES = List.of("libonnxruntime.so", "libonnxruntime4j_jni.so");

  private NativeLibraries() {}

  /** Does nothing on a machine for which there are none; the runtime then says so itself. */
  static void unpack(Path folder) throws IOException {
    String machine = machine();
    if (NativeLibraries.class.getResource(resource(machine, NAMES.getFirst())) == null) {
      return;
    }
    for (String name : NAMES) {
      Path part = folder.resolve(name + ".part");
      try (InputStream packed =
          Objects.requireNonNull(
              NativeLibraries.class.getResourceAsStream(resource(machine, name)), name)) {
        Files.copy(packed, part, StandardCopyOption.REPLACE_EXISTING);
      }
      Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }
    System.setProperty(PATH_PROPERTY, folder.toAbsolutePath().toString());
  }

  private static String machine() {
    return "linux-" + (System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "x64");
  }

  private static String resource(String machine, String name) {
    return "/ai/onnxruntime/native/" + machine + "/" + name;
  }
}
