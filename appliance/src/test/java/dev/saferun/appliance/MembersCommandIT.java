package dev.saferun.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saferun.appliance.SaferunCommand.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first owner, and the way back in, at the console of the machine. */
class MembersCommandIT {

  private final SaferunCommand saferun = SaferunCommand.as(RunningAppliance.get().admin());

  @Test
  void makesAnOwnerAndLetsThemBackIn(@TempDir Path directory) throws Exception {
    Path password = Files.writeString(directory.resolve("password"), "canary of a pass phrase\n");
    String name = "ada-" + UUID.randomUUID();

    Ended made = saferun.run("members", "owner", name, "--password-file", password.toString());
    assertThat(made.code()).as(made.errors()).isZero();
    assertThat(made.output()).contains("otpauth://totp/SafeRun", "/break-glass");

    Ended again =
        saferun.run("members", "break-glass", name, "--password-file", password.toString());
    assertThat(again.code()).as(again.errors()).isZero();
    assertThat(secret(again)).isNotEqualTo(secret(made));

    assertThat(saferun.run("members", "list").output())
        .containsPattern(name.substring(0, 30) + ".*active +owner");
    assertThat(saferun.run("members", "review").output())
        .contains("\"" + name + "\",\"true\",\"owner\"")
        .contains("\"key\"");

    Ended sso = saferun.run("members", "sso", "on");
    assertThat(sso.code()).isNotZero();
    assertThat(sso.errors()).contains("sign in once by an enabled connection");
    assertThat(saferun.run("members", "sso", "off").output())
        .isEqualTo("single sign-on is not enforced\n");
  }

  @Test
  void saysWhatIsWrong(@TempDir Path directory) throws Exception {
    Path weak = Files.writeString(directory.resolve("password"), "short");
    Ended refused =
        saferun.run(
            "members", "owner", "eve-" + UUID.randomUUID(), "--password-file", weak.toString());
    assertThat(refused.code()).isNotZero();
    assertThat(refused.errors()).contains("15 to 200 characters");

    Ended unknown =
        saferun.run("members", "break-glass", "nobody", "--password-file", weak.toString());
    assertThat(unknown.errors()).contains("there is no member nobody");
  }

  private static String secret(Ended ended) {
    return ended
        .output()
        .lines()
        .filter(line -> line.startsWith("authenticator "))
        .findFirst()
        .orElseThrow();
  }
}
