package dev.saferun.audit.sink;

import dev.saferun.platform.Target;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/**
 * A bucket of S3 or of anything that speaks its protocol, named by {@code url} as the bucket's
 * endpoint without the bucket. The credentials are always the destination's own: those of the
 * machine that the appliance runs on are not a tenant's to use.
 */
final class S3Type implements SinkType {

  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
  private static final Pattern REGION = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
  private static final Pattern PREFIX = Pattern.compile("(?:[A-Za-z0-9_=-][A-Za-z0-9._=-]*/)+");

  private final SinkSurroundings surroundings;

  S3Type(SinkSurroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public String name() {
    return "s3";
  }

  @Override
  public Set<String> secretNames() {
    return Set.of("secret_access_key", "session_token");
  }

  @Override
  public void check(SinkSettings settings) {
    open(settings).close();
  }

  @Override
  public Sink open(SinkSettings given) {
    Settings settings =
        Settings.read(
            given,
            Payload.names(
                HttpReceiver.SETTINGS,
                "bucket",
                "region",
                "prefix",
                "path_style",
                "access_key_id",
                "server_side_encryption",
                "kms_key_id"),
            secretNames());
    String bucket = required(settings, "bucket", BUCKET, "the name of a bucket");
    boolean pathStyle = settings.truth("path_style", false);
    Target endpoint = settings.baseUrl(surroundings.guard());
    Target target = pathStyle ? endpoint : virtualHost(settings, endpoint, bucket);
    return new S3Sink(
        HttpReceiver.of(settings, target, surroundings),
        new S3Signature(
            credentials(settings),
            required(settings, "region", REGION, "the name of a region"),
            surroundings.clock()),
        new S3Keys(pathStyle ? "/" + bucket : "", prefix(settings)),
        encryption(settings));
  }

  private static String required(Settings settings, String name, Pattern pattern, String form) {
    return settings
        .text(name, pattern, form)
        .orElseThrow(() -> settings.refusal(name, "is missing"));
  }

  /** The bucket becomes a part of the name that is resolved and judged. */
  private static Target virtualHost(Settings settings, Target endpoint, String bucket) {
    if (bucket.contains(".")) {
      throw settings.refusal("path_style", "must be true for a bucket with a point in its name");
    }
    return new Target(
        endpoint.scheme(),
        bucket + "." + endpoint.host(),
        endpoint.port(),
        endpoint.path(),
        endpoint.query());
  }

  private static AwsCredentialsIdentity credentials(Settings settings) {
    String id =
        settings
            .printable("access_key_id")
            .orElseThrow(() -> settings.refusal("access_key_id", "is missing"));
    String key = settings.requiredSecret("secret_access_key");
    Optional<String> token = settings.secret("session_token");
    return token.isPresent()
        ? AwsSessionCredentialsIdentity.create(id, key, token.get())
        : AwsCredentialsIdentity.create(id, key);
  }

  private static String prefix(Settings settings) {
    return settings
        .text("prefix", PREFIX, "path segments with a slash behind each, such as audit/saferun/")
        .orElse("");
  }

  private static Map<String, String> encryption(Settings settings) {
    Map<String, String> headers = new TreeMap<>();
    String kind = settings.choice("server_side_encryption", "none", "AES256", "aws:kms");
    if (!kind.equals("none")) {
      headers.put("x-amz-server-side-encryption", kind);
    }
    Optional<String> key = settings.printable("kms_key_id");
    if (key.isPresent() && !kind.equals("aws:kms")) {
      throw settings.refusal("kms_key_id", "needs server_side_encryption aws:kms");
    }
    key.ifPresent(id -> headers.put("x-amz-server-side-encryption-aws-kms-key-id", id));
    return headers;
  }
}
