package dev.saferun.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Console;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code saferun members}: the first owner, the way back in, and who may do what. */
@Command(
    name = "members",
    description = "Make the first owner, get back in, and see who may do what.",
    mixinStandardHelpOptions = true,
    subcommands = {
      Members.ListAll.class,
      Members.Owner.class,
      Members.BreakGlass.class,
      Members.Sso.class,
      Members.Review.class
    })
final class Members {

  /** {@code saferun members list}. */
  @Command(
      name = "list",
      description = "The members and their roles.",
      mixinStandardHelpOptions = true)
  static final class ListAll implements Callable<Integer> {

    @Override
    public Integer call() {
      Client client = Client.fromEnvironment();
      String cursor = "";
      do {
        JsonNode page = client.get("/v1/members" + cursor);
        page.path("members").forEach(ListAll::show);
        cursor =
            page.hasNonNull("next_cursor") ? "?cursor=" + page.get("next_cursor").asText() : "";
      } while (!cursor.isEmpty());
      return 0;
    }

    private static void show(JsonNode member) {
      StringJoiner roles = new StringJoiner(", ");
      for (JsonNode grant : member.path("grants")) {
        String where = grant.hasNonNull("project") ? " in " + grant.get("project").asText() : "";
        roles.add(grant.path("role").asText() + where);
      }
      System.out.printf(
          "%s  %-40s %-11s %s%n",
          member.path("id").asText(),
          Terminal.cut(member.path("user_name").asText(), 40),
          member.path("active").asBoolean() ? "active" : "deactivated",
          roles);
    }
  }

  /** How a password comes in: never as an argument, which every process of the machine can read. */
  static final class Password {

    @Option(
        names = "--password-file",
        paramLabel = "FILE",
        description = "Where the password stands; without it the terminal is asked.")
    @Nullable Path file;

    // It may be null where another provider of consoles is set, and the nullness checker knows.
    @SuppressWarnings("SystemConsoleNull")
    String read() throws IOException {
      if (file != null) {
        return Files.readString(file).strip();
      }
      Console console = System.console();
      if (console == null || !console.isTerminal()) {
        throw new CommandFailed(
            CommandFailed.USAGE, "there is no terminal to ask for a password: use --password-file");
      }
      char[] typed = console.readPassword("Password (at least 15 characters): ");
      return typed == null ? "" : new String(typed);
    }
  }

  /** {@code saferun members owner USER_NAME}. */
  @Command(
      name = "owner",
      description = {
        "Make somebody an owner who can sign in by a break-glass account.",
        "For the first set-up, with the operator's key."
      },
      mixinStandardHelpOptions = true)
  static final class Owner implements Callable<Integer> {

    @Parameters(paramLabel = "USER_NAME", description = "Such as ada@example.com.")
    String userName = "";

    @Mixin Password password = new Password();

    @Override
    public Integer call() throws IOException {
      Client client = Client.fromEnvironment();
      String secret = password.read();
      ObjectNode body = Client.JSON.createObjectNode();
      body.put("user_name", userName).put("role", "owner");
      String id = client.post("/v1/members", body).path("id").asText();
      give(client, id, secret);
      return 0;
    }
  }

  /** {@code saferun members break-glass USER_NAME}. */
  @Command(
      name = "break-glass",
      description = {
        "Give a member a break-glass account, or another password and authenticator secret.",
        "For the day on which nobody can sign in, with the operator's key."
      },
      mixinStandardHelpOptions = true)
  static final class BreakGlass implements Callable<Integer> {

    @Parameters(paramLabel = "USER_NAME", description = "Such as ada@example.com.")
    String userName = "";

    @Mixin Password password = new Password();

    @Override
    public Integer call() throws IOException {
      Client client = Client.fromEnvironment();
      JsonNode found =
          client
              .get("/v1/members?user_name=" + URLEncoder.encode(userName, StandardCharsets.UTF_8))
              .path("members");
      if (found.isEmpty()) {
        throw new CommandFailed(CommandFailed.USAGE, "there is no member " + userName);
      }
      give(client, found.get(0).path("id").asText(), password.read());
      return 0;
    }
  }

  private static void give(Client client, String member, String password) {
    JsonNode made =
        client.put(
            "/v1/break-glass/" + member, Client.JSON.createObjectNode().put("password", password));
    System.out.println("member        " + member);
    System.out.println("authenticator " + made.path("totp_secret").asText());
    System.out.println("              " + made.path("totp_uri").asText());
    System.out.println("sign in at    " + client.base().resolve(made.path("sign_in_at").asText()));
    System.err.println("The secret is shown this once.");
  }

  /** {@code saferun members sso on|off}. */
  @Command(
      name = "sso",
      description = "Enforce single sign-on, or let go of it where it locked people out.",
      mixinStandardHelpOptions = true)
  static final class Sso implements Callable<Integer> {

    enum Wanted {
      on,
      off
    }

    @Parameters(paramLabel = "on|off", description = "Whether it is enforced.")
    Wanted wanted = Wanted.off;

    @Override
    public Integer call() {
      JsonNode policy =
          Client.fromEnvironment()
              .put(
                  "/v1/sign-in/policy",
                  Client.JSON.createObjectNode().put("sso_enforced", wanted == Wanted.on));
      System.out.println(
          policy.path("sso_enforced").asBoolean()
              ? "single sign-on is enforced"
              : "single sign-on is not enforced");
      return 0;
    }
  }

  /** {@code saferun members review}. */
  @Command(
      name = "review",
      description = "The access review as a table (CSV): who may do what, since when, last used.",
      mixinStandardHelpOptions = true)
  static final class Review implements Callable<Integer> {

    @Override
    public Integer call() {
      System.out.print(Client.fromEnvironment().getText("/v1/access-review?format=csv"));
      return 0;
    }
  }
}
