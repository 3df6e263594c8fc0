package dev.saferun.audit.sink;

import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.ProblemException;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Lines in files below the one directory that the operator of the appliance configured, each
 * organization in a directory of its own: a customer chooses a name and never a place.
 */
final class FileType implements SinkType {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");
  private static final int MEGABYTES_MAX = 10_240;
  private static final int MEGABYTES = 100;

  private final SinkSurroundings surroundings;

  FileType(SinkSurroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public String name() {
    return "file";
  }

  @Override
  public Set<String> secretNames() {
    return Set.of();
  }

  @Override
  public void check(SinkSettings settings) {
    open(settings).close();
  }

  @Override
  public Sink open(SinkSettings given) {
    Settings settings = Settings.read(given, Set.of("name", "rotate_megabytes"), secretNames());
    String name =
        settings
            .text("name", NAME, "letters, digits, hyphens and _, 64 at most")
            .orElseThrow(() -> settings.refusal("name", "is missing"));
    int megabytes = settings.whole("rotate_megabytes", 1, MEGABYTES_MAX, MEGABYTES);
    Path directory = surroundings.fileDirectory();
    if (directory == null) {
      throw new ProblemException(
          CommonProblem.INVALID_FIELD,
          "the operator of this appliance has configured no directory for files",
          "/settings");
    }
    return new FileSink(
        directory, name, (long) megabytes << 20, surroundings.clock(), LineFile::openFile);
  }
}
