package dev.saferun.redaction;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * Makes up secrets as vendors document them and as people write them, and things that look like
 * one, each in the surroundings that tools and agents produce. Everything comes from one seed.
 */
final class SecretSamples {

  /** A text and the secret in it; an empty secret where it holds none. */
  record Sample(String kind, String text, String secret) {}

  private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
  private static final String DIGITS = "0123456789";
  private static final String UPPER = LOWER.toUpperCase(Locale.ROOT);
  private static final String LETTERS = LOWER + UPPER;
  private static final String ALPHANUMERIC = LETTERS + DIGITS;
  private static final String URL_SAFE = ALPHANUMERIC + "-_";
  private static final String BASE64 = ALPHANUMERIC + "+/";
  private static final String HEX = DIGITS + "abcdef";

  private static final List<String> NAMES =
      List.of(
          "password",
          "DB_PASSWORD",
          "dbPassword",
          "api_key",
          "API_KEY",
          "apiKey",
          "x-api-key",
          "client_secret",
          "clientSecret",
          "SECRET_KEY",
          "aws_secret_access_key",
          "auth_token",
          "ACCESS_TOKEN",
          "smtp.password",
          "spring.datasource.password",
          "MYSQL_ROOT_PASSWORD",
          "encryption_key",
          "signing-key",
          "webhookSecret",
          "app_secret",
          "PGPASSWORD");

  private static final List<String> CHOSEN =
      List.of(
          "Tr0ub4dor&3",
          "s3cr3t-Pa55",
          "correcthorsebattery",
          "hunter2",
          "P@ssw0rd2024!",
          "qwerty!99",
          "iloveyou1",
          "Summer2025",
          "x9#Lm2$vQ",
          "letmein-42");

  private final Random random;

  SecretSamples(long seed) {
    random = new Random(seed);
  }

  /** A credential whose own form gives it away, in any surroundings. */
  Sample vendorKey() {
    String secret = vendorForm(random.nextInt(VENDOR_FORMS));
    return new Sample("vendor key", around(secret), secret);
  }

  /** A value without a form of its own, behind a name. */
  Sample namedValue() {
    String name = pick(NAMES);
    String secret = value(name);
    return new Sample("named value", assigned(name, secret), secret);
  }

  /** A credential in an address, a connection string, a header, a key block or a token. */
  Sample structured() {
    String word = of(ALPHANUMERIC, 6) + random.nextInt(100) + of(LOWER, 4);
    String encoded = base64("svc-" + of(LOWER, 4) + ":" + word);
    String token = of(URL_SAFE, 40) + "7";
    return switch (random.nextInt(12)) {
      case 0 -> in("postgres://app:%s@db.internal:5432/orders", word);
      case 1 -> in("mongodb+srv://root:%s@cluster0.ab1cd.mongodb.net/?retryWrites=true", word);
      case 2 -> in("redis://:%s@cache:6379/0", word);
      case 3 -> in("amqps://guest:%s@mq.example.com/vhost", word);
      case 4 -> in("jdbc:sqlserver://h:1433;databaseName=a;user=sa;password=%s;encrypt=true", word);
      case 5 -> in("Server=tcp:h.example.net,1433;User ID=sa;Password=%s;Encrypt=True", word);
      case 6 -> in("git clone https://ci-bot:%s@git.example.com/team/repo.git", word);
      case 7 -> in("curl -H 'Authorization: Basic %s' https://api.example.com", encoded);
      case 8 -> in("Authorization: Bearer %s", token);
      case 9 -> in("curl -u admin:%s https://jenkins.example.com/job/1", word);
      case 10 -> jsonWebToken();
      default -> keyBlock();
    };
  }

  /** Where nobody looks first: escaped, encoded, within other formats. */
  Sample hidden() {
    String secret = random.nextBoolean() ? vendorForm(random.nextInt(8)) : of(ALPHANUMERIC, 24);
    return switch (random.nextInt(6)) {
      case 0 ->
          new Sample("hidden", "{\\\"password\\\":\\\"" + secret + "\\\",\\\"n\\\":1}", secret);
      case 1 -> new Sample("hidden", "redirect=https%3A%2F%2Fx%2F%3Fapi_key%3D" + secret, secret);
      case 2 -> encoded("api_key=" + secret);
      case 3 -> encoded("{\"client_secret\":\"" + secret + "\",\"id\":4}");
      case 4 -> new Sample("hidden", "<db><password>" + secret + "</password></db>", secret);
      default -> new Sample("hidden", "\\u0022secret\\u0022:\\u0022" + secret + "\\u0022", secret);
    };
  }

  /** What looks like a secret and is none. */
  Sample lookAlike() {
    return new Sample("look-alike", lookAlikeText(), "");
  }

  private Sample in(String format, String secret) {
    return new Sample("structured", format.replace("%s", secret), secret);
  }

  private Sample encoded(String plain) {
    String run = base64(plain);
    return new Sample("hidden", "payload: " + run + " (" + run.length() + ")", run);
  }

  private Sample jsonWebToken() {
    String header =
        pick(List.of("{\"alg\":\"HS256\",\"typ\":\"JWT\"}", "{\"kid\":\"7\",\"alg\":\"RS256\"}"));
    String token =
        unpadded(header)
            + "."
            + unpadded("{\"sub\":\"u" + random.nextInt(999) + "\"}")
            + "."
            + of(URL_SAFE, 43);
    return new Sample("structured", around(token), token);
  }

  private Sample keyBlock() {
    String kind = pick(List.of("RSA ", "EC ", "OPENSSH ", "", "ENCRYPTED "));
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 5; i++) {
      lines.append(of(BASE64, 64)).append('\n');
    }
    String block =
        "-----BEGIN "
            + kind
            + "PRIVATE KEY-----\n"
            + lines
            + "-----END "
            + kind
            + "PRIVATE KEY-----";
    return new Sample("structured", "key: |\n" + block + "\nnext: 1", block);
  }

  private static final int VENDOR_FORMS = 46;

  private String vendorForm(int form) {
    return switch (form) {
      case 0 -> "ghp_" + of(ALPHANUMERIC, 36);
      case 1 -> "AKIA" + of(UPPER + "234567", 16);
      case 2 -> "xoxb-" + of(DIGITS, 12) + "-" + of(DIGITS, 13) + "-" + of(ALPHANUMERIC, 24);
      case 3 -> "sk-proj-" + of(URL_SAFE, 74) + "T3BlbkFJ" + of(URL_SAFE, 74);
      case 4 -> "sk-ant-api03-" + of(URL_SAFE, 93) + "AA";
      case 5 -> "AIza" + of(URL_SAFE, 35);
      case 6 -> "glpat-" + of(URL_SAFE, 20);
      case 7 -> "sk_live_" + of(ALPHANUMERIC, 24);
      case 8 -> "github_pat_" + of(ALPHANUMERIC, 22) + "_" + of(ALPHANUMERIC, 59);
      case 9 -> "gho_" + of(ALPHANUMERIC, 36);
      case 10 -> "ghs_" + of(ALPHANUMERIC, 36);
      case 11 -> "ASIA" + of(UPPER + "234567", 16);
      case 12 -> "xoxp-" + of(DIGITS, 12) + "-" + of(DIGITS, 12) + "-" + of(HEX, 32);
      case 13 -> "xapp-1-A" + of(UPPER + DIGITS, 10) + "-" + of(DIGITS, 13) + "-" + of(HEX, 64);
      case 14 -> "SG." + of(URL_SAFE, 22) + "." + of(URL_SAFE, 43);
      case 15 -> "SK" + of(HEX, 32);
      case 16 -> "key-" + of(HEX, 32);
      case 17 -> of(HEX, 32) + "-us" + (1 + random.nextInt(20));
      case 18 -> "sk-" + of(ALPHANUMERIC, 20) + "T3BlbkFJ" + of(ALPHANUMERIC, 20);
      case 19 -> "hf_" + of(LETTERS, 34);
      case 20 -> "npm_" + of(ALPHANUMERIC, 36);
      case 21 -> "pypi-AgEIcHlwaS5vcmc" + of(URL_SAFE, 70);
      case 22 -> "dop_v1_" + of(HEX, 64);
      case 23 -> "shpat_" + of(HEX, 32);
      case 24 -> "sq0csp-" + of(URL_SAFE, 43);
      case 25 -> of(DIGITS.substring(1), 10) + ":AA" + of(URL_SAFE, 33);
      case 26 -> "M" + of(ALPHANUMERIC, 23) + "." + of(URL_SAFE, 6) + "." + of(URL_SAFE, 38);
      case 27 -> "dapi" + of(HEX, 32) + (random.nextBoolean() ? "-2" : "");
      case 28 -> "hvs." + of(URL_SAFE, 90);
      case 29 -> "lin_api_" + of(ALPHANUMERIC, 40);
      case 30 -> "ntn_" + of(DIGITS, 11) + of(ALPHANUMERIC, 35);
      case 31 -> "secret_" + of(ALPHANUMERIC, 43);
      case 32 -> "ATATT3xFfGF0" + of(URL_SAFE, 170) + "=" + of(UPPER + DIGITS, 8);
      case 33 -> "HRKU-AA" + of(URL_SAFE, 58);
      case 34 -> "NRAK-" + of(UPPER + DIGITS, 27);
      case 35 -> "glsa_" + of(ALPHANUMERIC, 32) + "_" + of(HEX, 8);
      case 36 -> "GOCSPX-" + of(URL_SAFE, 28);
      case 37 -> "ya29." + of(URL_SAFE, 120) + "0";
      case 38 -> "whsec_" + of(ALPHANUMERIC, 32);
      case 39 -> "dckr_pat_" + of(URL_SAFE, 27);
      case 40 -> "pscale_tkn_" + of(URL_SAFE, 43);
      case 41 -> of(URL_SAFE, 3) + random.nextInt(10) + "Q~" + of(ALPHANUMERIC, 34);
      case 42 -> "gsk_" + of(ALPHANUMERIC, 52);
      case 43 -> "PMAK-" + of(HEX, 24) + "-" + of(HEX, 34);
      case 44 -> "sntrys_" + of(BASE64.substring(0, 62), 60);
      default -> "srk_" + of(ALPHANUMERIC, 32);
    };
  }

  private String value(String name) {
    boolean chosen = name.toLowerCase(Locale.ROOT).contains("password");
    return switch (random.nextInt(chosen ? 5 : 4)) {
      case 0 -> of(HEX, 32);
      case 1 -> of(BASE64, 39) + "8";
      case 2 -> uuid();
      case 3 -> of(ALPHANUMERIC, 20) + "5";
      default -> pick(CHOSEN);
    };
  }

  private String assigned(String name, String secret) {
    return switch (random.nextInt(11)) {
      case 0 -> "export " + name + "=" + secret;
      case 1 -> name + ": \"" + secret + "\"";
      case 2 -> "{\"" + name + "\":\"" + secret + "\",\"region\":\"eu\"}";
      case 3 -> "  " + name + ": '" + secret + "'\n  port: 5432";
      case 4 -> name + " = \"" + secret + "\"  # rotated in May";
      case 5 -> "const cfg = { " + name + ": `" + secret + "`, debug: true };";
      case 6 -> "docker run -e " + name + "=\"" + secret + "\" image:1";
      case 7 -> "2026-11-23 INFO connect host=h " + name + "=" + secret;
      case 8 -> "'" + name + "' => '" + secret + "',";
      case 9 -> "tool --" + name + "=" + secret;
      default -> "| `" + name + "`: `" + secret + "` |";
    };
  }

  private String around(String secret) {
    List<UnaryOperator<String>> contexts =
        List.of(
            s -> "Use " + s + " for the staging calls, please.",
            s -> "it was " + s + ".",
            s -> "{\"note\":\"" + s + "\",\"n\":3}",
            s -> "value: " + s + "\nother: 1",
            s -> "curl https://api.example.com/v1?t=" + s + "&page=2",
            s -> "ERROR 401 for <" + s + "> at 12:30:01",
            s -> "echo " + s + " | tee out.txt",
            s -> "a,b," + s + ",d",
            s -> "[" + s + "](https://example.com)",
            s -> "https://x-token:" + s + "@github.com/a/b.git",
            s -> "https://" + s + "@example.com/a/b.git",
            s -> "é" + " «" + s + "»",
            s -> "header\t" + s + "\r\nnext",
            s -> "x_" + s);
    String context = contexts.get(random.nextInt(contexts.size() - 1)).apply(secret);
    return random.nextInt(4) == 0 ? context + " " + lookAlikeText() : context;
  }

  private String lookAlikeText() {
    return switch (random.nextInt(26)) {
      case 0 -> "id " + uuid();
      case 1 -> "commit " + of(HEX, 40);
      case 2 -> "sha256:" + of(HEX, 64);
      case 3 -> "data:image/png;base64,iVBORw0KGgo" + of(BASE64, 400);
      case 4 -> "password=<password>";
      case 5 -> "DB_PASSWORD=${DB_PASSWORD}";
      case 6 -> "api_key: \"YOUR_API_KEY\"";
      case 7 -> "password: changeme";
      case 8 -> "password=********";
      case 9 -> "String password = getPassword();";
      case 10 -> "token = request.headers[\"X-Token\"]";
      case 11 -> "if (password == null || secret.isEmpty()) return;";
      case 12 -> "The password: required, at least 12 characters.";
      case 13 -> "version 10.4.2-rc1+build." + of(DIGITS, 6);
      case 14 -> "Donaudampfschifffahrtsgesellschaftskapitaen";
      case 15 -> "order ORD-" + of(UPPER + DIGITS, 12) + " of customer cus_" + of(ALPHANUMERIC, 14);
      case 16 -> "class=\"sk-circle-fade-dot sk-chase sk-folding-cube-container-wrapper\"";
      case 17 -> "max_tokens: 4096, token_count=" + of(DIGITS, 5);
      case 18 -> "secret_name: production/database/main-2024";
      case 19 -> "api_key=process.env.API_KEY";
      case 20 -> "https://example.com/reset-password?lang=en&next=/a";
      case 21 -> "user@example.com wrote at 12:30:" + of(DIGITS, 2);
      case 22 -> "etag: \"" + of(HEX, 32) + "\"";
      case 23 -> "\"password\": {\"type\": \"string\", \"minLength\": 8}";
      case 24 -> "task_live_" + of(LOWER, 8) + " AKIAX ghp_ sk_live hf_model";
      default -> "The bearer of basic information reads key-value pairs in " + of(HEX, 7) + ".";
    };
  }

  private String uuid() {
    return of(HEX, 8)
        + "-"
        + of(HEX, 4)
        + "-4"
        + of(HEX, 3)
        + "-a"
        + of(HEX, 3)
        + "-"
        + of(HEX, 12);
  }

  private String pick(List<String> list) {
    return list.get(random.nextInt(list.size()));
  }

  private String of(String alphabet, int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      boolean isEdge = i == 0 || i == length - 1;
      char c;
      do {
        c = alphabet.charAt(random.nextInt(alphabet.length()));
      } while (isEdge && !Character.isLetterOrDigit(c));
      text.append(c);
    }
    return text.toString();
  }

  private static String base64(String plain) {
    return Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
  }

  private static String unpadded(String plain) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(plain.getBytes(StandardCharsets.UTF_8));
  }
}
