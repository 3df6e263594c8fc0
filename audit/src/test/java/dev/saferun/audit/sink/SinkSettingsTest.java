package dev.saferun.audit.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each protocol takes and refuses, and where it says the fault is. */
class SinkSettingsTest {

  private static final String URL = "'url': 'https://logs.example.com'";
  private static final String S3 =
      URL + ", 'bucket': 'b-1', 'region': 'eu-central-1', 'access_key_id': 'id'";
  private static final String KAFKA =
      "'topic': 't', 'bootstrap_servers': ['kafka.example.com:9092']";
  private static final String KEY = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

  /** By type: the least that it takes. */
  private static final Map<String, List<String>> LEAST =
      Map.of(
          "elasticsearch", List.of(URL + ", 'index': 'events'", ""),
          "kafka", List.of(KAFKA, ""),
          "otlp", List.of(URL, ""),
          "s3", List.of(S3, "'secret_access_key': 'k'"),
          "splunk_hec", List.of(URL, "'token': 't'"),
          "syslog", List.of("'address': 'logs.example.com:6514'", ""),
          "webhook", List.of(URL, "'signing_secret': '" + KEY + "'"));

  @Test
  void theLeastIsTaken() {
    LEAST.forEach(
        (type, both) ->
            assertThatCode(() -> check(type, both.getFirst(), both.getLast()))
                .as(type)
                .doesNotThrowAnyException());
  }

  @Test
  void theTableHasEveryTypeByItsName() {
    SinkTypes types = new SinkTypes(Surroundings.ofThisMachine());
    assertThat(types.all())
        .extracting(SinkType::name)
        .containsExactly(
            "elasticsearch", "file", "kafka", "otlp", "s3", "splunk_hec", "syslog", "webhook");
    assertThat(types.named("carrier_pigeon")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "elasticsearch|'index': 'events'||/settings/url|is missing",
        "elasticsearch|'url': 'http://logs.example.com', 'index': 'e'||/settings/url|allow_plaintext",
        "elasticsearch|'url': 7, 'index': 'e'||/settings/url|must be a text",
        "elasticsearch|'url': '', 'index': 'e'||/settings/url|must not be empty",
        "elasticsearch|'url': 'https://10.0.0.1', 'index': 'e'||/settings/url|not allowed",
        "elasticsearch|'url': 'https://a.example.com?b=c', 'index': 'e'||/settings/url|question mark",
        "elasticsearch|$URL||/settings/index|is missing",
        "elasticsearch|$URL, 'index': '_all/../x'||/settings/index|small letters",
        "elasticsearch|$URL, 'index': 'e', 'username': 'u'||/secrets/password|is missing",
        "elasticsearch|$URL, 'index': 'e'|'password': 'p'|/settings/username|is missing",
        "elasticsearch|$URL, 'index': 'e', 'username': 'u'|'api_key': 'k'|/secrets/api_key|username",
        "elasticsearch|$URL, 'index': 'e', 'ca': 'x'||/settings/ca|certificates in PEM",
        "elasticsearch|$URL, 'index': 'e', 'timeout_seconds': 0||/settings/timeout_seconds|1 to 300",
        "elasticsearch|$URL, 'index': 'e', 'timeout_seconds': '1'||/settings/timeout_seconds|whole",
        "elasticsearch|$URL, 'index': 'e', 'allow_plaintext': 'yes'||/settings/allow_plaintext|true",
        "elasticsearch|$URL, 'index': 'e', 'indx': 'e'||/settings/indx|no such field",
        "elasticsearch|$URL, 'index': 'e'|'token': 't'|/secrets/token|no such field",
        "splunk_hec|$URL||/secrets/token|is missing",
        "splunk_hec|$URL|'token': 'a\\r\\nX: b'|/secrets/token|printable",
        "splunk_hec|$URL, 'acknowledgement_seconds': 601|'token': 't'|/settings/acknowledgement_seconds|600",
        "webhook|$URL||/secrets/signing_secret|is missing",
        "webhook|$URL|'signing_secret': 'abc'|/secrets/signing_secret|whsec_",
        "webhook|$URL|'signing_secret': 'whsec_AAAA'|/secrets/signing_secret|24 to 64",
        "webhook|$URL|'signing_secret': 'whsec_!!!'|/secrets/signing_secret|base64",
        "webhook|$URL|'signing_secret': '$KEY', 'previous_signing_secret': 'x'|/secrets/previous_signing_secret|whsec_",
        "otlp|$URL, 'header_name': 'a b'|'header_value': 'x'|/settings/header_name|a header",
        "otlp|$URL, 'header_name': 'Host'|'header_value': 'x'|/settings/header_name|HTTP itself",
        "otlp|$URL, 'header_name': 'X-Key'||/secrets/header_value|is missing",
        "otlp|$URL|'header_value': 'x'|/settings/header_name|is missing",
        "s3|$URL, 'region': 'r', 'access_key_id': 'i'|'secret_access_key': 'k'|/settings/bucket|is missing",
        "s3|$S3||/secrets/secret_access_key|is missing",
        "s3|$S3, 'prefix': '/a'|'secret_access_key': 'k'|/settings/prefix|slash behind each",
        "s3|$S3, 'prefix': '../a/'|'secret_access_key': 'k'|/settings/prefix|slash behind each",
        "s3|$S3, 'kms_key_id': 'k'|'secret_access_key': 'k'|/settings/kms_key_id|aws:kms",
        "s3|$S3, 'server_side_encryption': 'rot13'|'secret_access_key': 'k'|/settings/server_side_encryption|AES256",
        "syslog|'address': 'logs.example.com'||/settings/address|port",
        "syslog|'address': 'logs.example.com:6514/x'||/settings/address|a host and a port",
        "syslog|'address': '127.0.0.1:6514'||/settings/address|not allowed",
        "syslog|'address': 'a.example.com:1', 'transport': 'udp'||/settings/transport|tls, tcp",
        "syslog|'address': 'a.example.com:1', 'transport': 'tcp'||/settings/transport|allow_plaintext",
        "syslog|'address': 'a.example.com:1', 'facility': 24||/settings/facility|0 to 23",
        "syslog|'address': 'a.example.com:1', 'severity': 'loud'||/settings/severity|by_kind",
        "syslog|'address': 'a.example.com:1'|'client_key': 'k'|/settings/client_certificate|is missing",
        "syslog|'address': 'a.example.com:1', 'client_certificate': 'c'||/secrets/client_key|is missing",
        "kafka|'topic': 't'||/settings/bootstrap_servers|is missing",
        "kafka|'topic': 't', 'bootstrap_servers': []||/settings/bootstrap_servers|must not be empty",
        "kafka|'topic': 't', 'bootstrap_servers': ['a.example.com:1', '10.0.0.1:2']||/settings/bootstrap_servers/1|not allowed",
        "kafka|'topic': 't/', 'bootstrap_servers': ['a.example.com:1']||/settings/topic|a name",
        "kafka|$KAFKA, 'username': 'u'|'password': 'p'|/settings/sasl_mechanism|is missing",
        "kafka|$KAFKA, 'sasl_mechanism': 'PLAIN', 'username': 'u'||/secrets/password|is missing",
        "kafka|$KAFKA, 'sasl_mechanism': 'GSSAPI'||/settings/sasl_mechanism|SCRAM",
        "kafka|$KAFKA, 'ca': 'x'||/settings/ca|certificates in PEM",
        "file|'name': 'x'||/settings|no directory"
      })
  void aFaultIsToldWithItsPlace(
      String type, String settings, @Nullable String secrets, String pointer, String detail) {
    assertThatThrownBy(() -> check(type, settings, secrets == null ? "" : secrets))
        .isInstanceOfSatisfying(
            ProblemException.class,
            fault -> {
              assertThat(fault.code()).isEqualTo(CommonProblem.INVALID_FIELD);
              assertThat(fault.pointer()).isEqualTo(pointer);
              assertThat(fault.detail()).contains(detail);
            });
  }

  private static void check(String type, String settings, String secrets) {
    Map<String, String> texts = new HashMap<>();
    tree(secrets).forEach((name, value) -> texts.put(name, String.valueOf(value)));
    SinkSurroundings surroundings =
        Surroundings.allowing(
            host -> {
              throw new AssertionError("it reached the network");
            });
    Surroundings.type(type, surroundings).check(new SinkSettings(tree(settings), texts));
  }

  private static Map<String, @Nullable Object> tree(String members) {
    String json =
        members
            .replace("$URL", URL)
            .replace("$S3", S3)
            .replace("$KAFKA", KAFKA)
            .replace("$KEY", KEY);
    return StrictJson.parseObject(
        ("{" + json.replace('\'', '"') + "}").getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void secretsArePrintedByNoOne() {
    assertThat(new SinkSettings(Map.of("url", "u"), Map.of("token", "canary")))
        .hasToString("SinkSettings[[url]]");
  }
}
