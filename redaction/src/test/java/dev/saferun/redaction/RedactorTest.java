package dev.saferun.redaction;

import static dev.saferun.redaction.Documents.ORGANIZATION;
import static dev.saferun.redaction.Documents.REDACTOR;
import static dev.saferun.redaction.Documents.drop;
import static dev.saferun.redaction.Documents.kept;
import static dev.saferun.redaction.Documents.policy;
import static dev.saferun.redaction.Documents.text;
import static dev.saferun.redaction.Documents.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.StrictJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {

  private static final RedactionPolicy STANDARD = RedactionPolicy.standard();

  @Test
  void theHashIsThatOfTheBytesAndTheyReadBackTheSame() throws Exception {
    Redacted redacted =
        REDACTOR.redact(STANDARD, Documents.SUBJECT, tree("{'b':[1,2.5,1e300,'é'],'a':{'pin':1}}"));
    assertThat(redacted.sha256())
        .isEqualTo(MessageDigest.getInstance("SHA-256").digest(redacted.bytes()));
    assertThat(CanonicalJson.write(StrictJson.parse(redacted.bytes()))).isEqualTo(redacted.bytes());
  }

  @Test
  void tellsWhatItDid() {
    assertThat(
            text(
                REDACTOR.redact(
                    STANDARD,
                    Documents.SUBJECT,
                    tree("{'a':[{'pin':1}],'b':'x 4111111111111111'}"))))
        .isEqualTo(
            "{\"a\":[{\"pin\":{\"$redacted\":\"dropped\"}}],\"b\":\"x ****1111\",\"redaction\":{\"applied\":["
                + "{\"action\":\"drop\",\"class\":\"pin\",\"of\":\"value\",\"path\":\"/a/0/pin\"},"
                + "{\"action\":\"mask\",\"class\":\"card_number\",\"of\":\"value\",\"path\":\"/b\"}],"
                + "\"count\":2,\"policy\":\""
                + STANDARD.id()
                + "\"}}");
  }

  @Test
  void listsAHundredAndCountsTheRest() {
    Map<String, @Nullable Object> document =
        tree("{'a':[" + "{'pin':1},".repeat(149) + "{'pin':1}]}");
    Redacted redacted = REDACTOR.redact(STANDARD, Documents.SUBJECT, document);
    assertThat(redacted.redactions()).isEqualTo(150);
    assertThat(text(redacted))
        .contains("\"count\":150")
        .contains("/a/99/pin")
        .doesNotContain("/a/100/pin");
  }

  @Test
  void aLongNameDoesNotMakeTheReportLong() {
    String name = "n/".repeat(20_000);
    Redacted redacted =
        REDACTOR.redact(
            STANDARD,
            Documents.SUBJECT,
            Map.of(name, List.of(tree("{'pin':1}"), tree("{'pin':2}"))));
    assertThat(redacted.bytes().length).isLessThan(name.length() + 2_500);
  }

  @Test
  void untouchedPartsAreShared() {
    Map<String, @Nullable Object> document =
        tree(
            "{'same':{'a':[1,{'b':'x'}]},'other':{'pin':1,'deep':{'x':[true]},'list':[{},{'pin':2},[]]}}");
    Map<String, @Nullable Object> before = tree(canonical(document));
    Map<String, @Nullable Object> kept = walked(document);
    assertThat(document).isEqualTo(before);
    assertThat(kept.get("same")).isSameAs(document.get("same"));
    Map<String, @Nullable Object> other = member(document, "other");
    Map<String, @Nullable Object> keptOther = member(kept, "other");
    assertThat(keptOther).isNotSameAs(other);
    assertThat(keptOther.get("deep")).isSameAs(other.get("deep"));
    assertThat(elements(keptOther).get(0)).isSameAs(elements(other).get(0));
    assertThat(elements(keptOther).get(2)).isSameAs(elements(other).get(2));
    Map<String, @Nullable Object> clean = tree("{'a':{'b':['4111',4111]}}");
    assertThat(walked(clean)).isSameAs(clean);
  }

  private static String canonical(Map<String, @Nullable Object> tree) {
    return new String(CanonicalJson.write(tree), StandardCharsets.UTF_8);
  }

  private static List<?> elements(Map<String, @Nullable Object> object) {
    return (List<?>) Objects.requireNonNull(object.get("list"));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, @Nullable Object> member(
      Map<String, @Nullable Object> object, String name) {
    return (Map<String, @Nullable Object>) Objects.requireNonNull(object.get(name));
  }

  private static Map<String, @Nullable Object> walked(Map<String, @Nullable Object> document) {
    Tokens tokens = new Tokens(new DerivedTokenKeys(new byte[32]), ORGANIZATION);
    return new DocumentWalk(STANDARD, tokens, new SealBox(Documents.SUBJECT))
        .document(document, new RedactedMembers(Set.of(), Set.of()));
  }

  @Test
  void cardsAsNumbersBecomeMaskedTexts() {
    assertThat(
            kept(
                STANDARD,
                "{'a':4111111111111111,'b':-4111111111111111,'c':43e17,"
                    + "'d':4111111111111112,'e':44e17,'f':4111111111111.111,'g':1e300}"))
        .isEqualTo(
            tree(
                "{'a':'****1111','b':'****1111','c':'****0000',"
                    + "'d':4111111111111112,'e':44e17,'f':4111111111111.111,'g':1e300}"));
    RedactionPolicy dropping =
        RedactionPolicy.of(List.of(), Map.of(Detector.CARD_NUMBER, new Action.Drop()));
    assertThat(kept(dropping, "{'a':4111111111111111,'b':'4111111111111111'}"))
        .isEqualTo(tree("{'a':{'$redacted':'dropped'},'b':'[redacted:card_number]'}"));
  }

  @Test
  void masksKeepOnlyTheEndsOfWhatIsLongEnough() {
    RedactionPolicy policy = policy(new PathRule("/a/*", new Action.Mask(1, 2), "test", false));
    assertThat(
            kept(policy, "{'a':['abcdef','abcde','',12345678,true,null,[1],{'x':1},'😀bcd😀😀']}"))
        .isEqualTo(
            tree(
                "{'a':['a****ef','****','****','1****78',{'$redacted':'dropped'},null,"
                    + "{'$redacted':'dropped'},{'$redacted':'dropped'},'😀****😀😀']}"));
  }

  @Test
  void secretsInNamesBecomeTokensAndTwoNamesStayTwo() {
    String json = "{'x':{'4111111111111111':1,'5500005555555559':{'pin':1},'a':2}}";
    Redacted redacted = REDACTOR.redact(STANDARD, Documents.SUBJECT, tree(json));
    assertThat(text(redacted))
        .doesNotContain("4111111111111111")
        .doesNotContain("5500005555555559");
    assertThat(member(kept(STANDARD, json), "x")).hasSize(3).containsEntry("a", 2L);
    assertThat(text(redacted)).containsPattern("\"path\":\"/x/tok_card_number_\\w{22}/pin\"");
    assertThat(redacted.redactions()).isEqualTo(3);
  }

  @Test
  void twoSpellingsOfACardAsNamesStayTwo() {
    assertThat(
            (Map<?, ?>)
                kept(STANDARD, "{'x':{'4111111111111111':1,'4111 1111 1111 1111':2}}").get("x"))
        .hasSize(2);
  }

  @Test
  void nobodyCanSendTheMarker() {
    assertThat(
            kept(
                STANDARD,
                "{'a':{'$redacted':'dropped','$$redacted':1,'$redacte':2,'x$redacted':3}}"))
        .isEqualTo(
            tree("{'a':{'$$redacted':'dropped','$$$redacted':1,'$redacte':2,'x$redacted':3}}"));
    assertThat(kept(STANDARD, "{'a':{'$$redacted':1,'$redacted':'dropped'}}"))
        .isEqualTo(tree("{'a':{'$$redacted':'dropped','$$$redacted':1}}"));
  }

  @Test
  void nullIsLeft() {
    assertThat(kept(STANDARD, "{'password':null}")).isEqualTo(tree("{'password':null}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password", "PASSWORD", "db_password", "passwd", "secret", "client_secret", "clientSecret",
        "api_key", "apikey", "apiKey", "x-api-key", "OPENAI_API_KEY", "Authorization",
            "access_token",
        "accessToken", "refresh_token", "id_token", "private_key", "privateKey", "Set-Cookie",
            "cookie",
        "cvc", "CVV", "cvv2", "pin"
      })
  void wellKnownNamesAreDropped(String name) {
    assertThat(kept(STANDARD, "{'a':[{'" + name + "':'v'}]}"))
        .isEqualTo(tree("{'a':[{'" + name + "':{'$redacted':'dropped'}}]}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pinned",
        "max_tokens",
        "secretary",
        "passenger",
        "author",
        "shipping",
        "key",
        "cookies_count"
      })
  void otherNamesAreLeft(String name) {
    assertThat(kept(STANDARD, "{'" + name + "':'v'}")).isEqualTo(tree("{'" + name + "':'v'}"));
  }

  @Test
  void tokensKeepEqualityWithinOrganizationAndClassOnly() {
    Object one = token(ORGANIZATION, "test", "'v'");
    assertThat(one).asString().matches("tok_test_[0-9A-Za-z]{22}");
    assertThat(token(ORGANIZATION, "test", "'v'")).isEqualTo(one);
    assertThat(token(ORGANIZATION, "test", "'w'")).isNotEqualTo(one);
    assertThat(suffix(token(ORGANIZATION, "other", "'v'"))).isNotEqualTo(suffix(one));
    assertThat(token(new UUID(1, 2), "test", "'v'")).isNotEqualTo(one);
    assertThat(token(ORGANIZATION, "test", "5")).isNotEqualTo(token(ORGANIZATION, "test", "'5'"));
    assertThat(token(ORGANIZATION, "test", "{'a':1,'b':2}"))
        .isEqualTo(token(ORGANIZATION, "test", "{'b':2,'a':1.0}"));
  }

  private static String suffix(@Nullable Object token) {
    String text = String.valueOf(token);
    return text.substring(text.lastIndexOf('_'));
  }

  private static @Nullable Object token(UUID organization, String dataClass, String value) {
    RedactionPolicy policy = policy(new PathRule("/a", new Action.Token(), dataClass, false));
    return StrictJson.parseObject(
            REDACTOR
                .redact(
                    policy,
                    new Subject(organization, Documents.RECORD, null),
                    tree("{'a':" + value + "}"))
                .bytes())
        .get("a");
  }

  @Test
  void aCardHasOneTokenHoweverItIsWritten() {
    RedactionPolicy policy =
        RedactionPolicy.of(List.of(), Map.of(Detector.CARD_NUMBER, new Action.Token()));
    Map<String, @Nullable Object> kept =
        kept(policy, "{'a':'4111111111111111','b':'4111 1111 1111 1111','c':4111111111111111}");
    assertThat(kept.get("a")).isEqualTo(kept.get("b")).isEqualTo(kept.get("c"));
  }

  @Test
  void detectorsThatThePolicyDoesNotNameDoNothing() {
    String json = "{'a':'4111111111111111','4111111111111111':4111111111111111}";
    assertThat(kept(policy(drop("/x")), json)).isEqualTo(tree(json));
  }

  @Test
  void refusesWhatACallerMayNotDo() {
    assertThatThrownBy(() -> REDACTOR.redact(STANDARD, Documents.SUBJECT, tree("{'redaction':1}")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> REDACTOR.redact(STANDARD, Documents.SUBJECT, tree("{'run_id':{'a':1}}")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new DerivedTokenKeys(new byte[31]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void namesWithSecretsAreKnown() {
    assertThat(Redactor.carriesSecret("run-4111111111111111")).isTrue();
    assertThat(Redactor.carriesSecret("run-42")).isFalse();
  }
}
