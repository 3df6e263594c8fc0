package dev.saferun.redaction;

import static dev.saferun.redaction.Documents.KEY;
import static dev.saferun.redaction.Documents.ORGANIZATION;
import static dev.saferun.redaction.Documents.RECORD;
import static dev.saferun.redaction.Documents.REDACTOR;
import static dev.saferun.redaction.Documents.SUBJECT;
import static dev.saferun.redaction.Documents.text;
import static dev.saferun.redaction.Documents.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.saferun.platform.DataKey;
import dev.saferun.platform.StrictJson;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Values that are closed beside the document, and opened again. */
class SealTest {

  private static final RedactionPolicy PRODUCTION =
      RedactionPolicy.of(List.of(RedactionRules.production()));
  private static final String CALL =
      "{'kind':'action','action':{'tool':'mail.send','arguments':{'to':'cus_1','amount':4500,"
          + "'body':'Dear Ms Okafor, your card 4111111111111111 was charged.'}},"
          + "'context':{'user_request':'Please charge Maple Street Bakery','plan':{'is_refund':false,"
          + "'amount':4500},'state':{'salary':85000,'vip':true,'city':'Lagos','password':'hunter2'},"
          + "'retrieved':[{'source':'crm','content':'She lives in Lagos with her dog'}]}}";

  @Test
  void inProductionProseAndWhatIsNotKnownIsSealed() {
    Map<String, @Nullable Object> kept = kept(redact(PRODUCTION, CALL));

    assertThat(String.valueOf(kept.get("action")))
        .contains("mail.send", "cus_1", "4500", "tok_text_")
        .doesNotContain("Okafor", "4111");
    assertThat(String.valueOf(kept.get("context")))
        .contains("is_refund=false", "vip=true", "source=crm", "$redacted=dropped")
        .doesNotContain("Maple", "85000", "Lagos", "hunter2");
  }

  @Test
  void whatIsSealedComesBackLessWhatIsGoneForGood() {
    Redacted redacted = redact(PRODUCTION, CALL);

    Map<String, @Nullable Object> restored = open(redacted).in(kept(redacted));

    restored.remove(Redactor.REPORT_MEMBER);
    assertThat(restored)
        .isEqualTo(
            tree(
                CALL.replace("4111111111111111", "****1111")
                    .replace("'hunter2'", "{'$redacted':'dropped'}")));
  }

  @Test
  void theDocumentNamesTheHashOfTheBoxAndNothingOfItsContent() {
    Redacted redacted = redact(PRODUCTION, CALL);
    Sealed sealed = Objects.requireNonNull(redacted.sealed());

    assertThat(text(redacted)).contains("\"sealed\":{\"count\":").contains(KEY.id().toString());
    assertThat(Originals.isOf(kept(redacted), sealed)).isTrue();
    byte[] other = sealed.box().clone();
    other[other.length - 1] ^= 1;
    Sealed altered = new Sealed(sealed.keyId(), sealed.wrappedKey(), other);
    assertThat(Originals.isOf(kept(redacted), altered)).isFalse();
    assertThatThrownBy(() -> Originals.open(kept(redacted), altered, KEY, ORGANIZATION, RECORD))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(new String(sealed.box(), java.nio.charset.StandardCharsets.ISO_8859_1))
        .doesNotContain("Okafor", "Lagos", "Maple");
  }

  @Test
  void itOpensForItsOrganizationRecordAndKeyOnly() {
    Redacted redacted = redact(PRODUCTION, CALL);
    Sealed sealed = Objects.requireNonNull(redacted.sealed());
    DataKey other = new DataKey(KEY.id(), new SecretKeySpec(filled((byte) 7), "AES"));

    assertThatThrownBy(() -> Originals.open(kept(redacted), sealed, other, ORGANIZATION, RECORD))
        .isInstanceOf(RuntimeException.class);
    assertThatThrownBy(() -> Originals.open(kept(redacted), sealed, KEY, new UUID(9, 9), RECORD))
        .isInstanceOf(RuntimeException.class);
    assertThatThrownBy(
            () -> Originals.open(kept(redacted), sealed, KEY, ORGANIZATION, new UUID(9, 9)))
        .isInstanceOf(RuntimeException.class);
  }

  @Test
  void equalValuesHaveEqualTokensWhereverTheyAreSealed() {
    String json = "{'context':{'a':'Lagos','b':'Lagos','c':'Accra'}}";
    Map<?, ?> context = context(redact(PRODUCTION, json));

    assertThat(context.get("a")).isEqualTo(context.get("b")).isNotEqualTo(context.get("c"));
  }

  @Test
  void aPartOfATextIsSealedInItsPlaceAndComesBackThere() {
    RedactionPolicy policy =
        RedactionPolicy.of(List.of(), Map.of(Detector.CARD_NUMBER, new Action.Seal()));
    String json = "{'context':{'a':'card 4111 1111 1111 1111, twice 4111111111111111.'}}";
    Redacted redacted = redact(policy, json);

    assertThat(text(redacted)).contains("card tok_card_number_").doesNotContain("4111");
    assertThat(open(redacted).all()).hasSize(2);
    assertThat(String.valueOf(open(redacted).in(kept(redacted)).get("context")))
        .contains("card 4111 1111 1111 1111");
  }

  @Test
  void aDocumentInATextIsRedactedAsTheTreeThatItIs() {
    RedactionPolicy policy =
        RedactionPolicy.of(
            List.of(
                new PathRule("/**/password", new Action.Drop(), "password", true),
                new PathRule("/**/city", new Action.Seal(), "city", false)),
            Map.of());
    String json = "{'result':'{\\'password\\':\\'hunter2\\',\\'city\\':\\'Lagos\\',\\'n\\':1}'}";
    Redacted redacted = redact(policy, json);

    assertThat(text(redacted)).doesNotContain("hunter2", "Lagos").contains("\\\"n\\\":1");
    assertThat(text(redacted)).contains("\"path\":\"/result\"");
    assertThat(String.valueOf(open(redacted).in(kept(redacted)).get("result")))
        .contains("\"city\":\"Lagos\"");
  }

  @Test
  void numbersBecomeRanges() {
    Action band = new Action.Band(List.of(0.0, 100.0, 1000.0));
    RedactionPolicy policy =
        RedactionPolicy.of(List.of(new PathRule("/context/*", band, "amount", false)), Map.of());
    Map<?, ?> context =
        context(redact(policy, "{'context':{'a':100,'b':-5,'c':4500.5,'d':'x','e':null}}"));

    assertThat(context.get("a")).hasToString("{$redacted=band, from=100, to=1000}");
    assertThat(context.get("b")).hasToString("{$redacted=band, to=0}");
    assertThat(context.get("c")).hasToString("{$redacted=band, from=1000}");
    assertThat(context.get("d")).hasToString("{$redacted=dropped}");
    assertThat(context.get("e")).isNull();
  }

  @Test
  void noProjectLoosensItsOrganization() {
    RedactionRules floor =
        new RedactionRules(
            List.of(new PathRule("/context/a", new Action.Token(), "a", false)),
            Map.of(Detector.CARD_NUMBER, new Action.Drop()),
            null,
            new Action.Seal());
    RedactionRules own =
        new RedactionRules(
            List.of(
                new PathRule("/context/a", new Action.Keep(), "a", false),
                new PathRule("/context/b", new Action.Keep(), "b", false)),
            Map.of(Detector.CARD_NUMBER, new Action.Keep()),
            new Action.Keep(),
            null);
    RedactionPolicy both = RedactionPolicy.of(List.of(floor, own));
    Map<?, ?> context =
        context(redact(both, "{'context':{'a':'one','b':'two'},'note':'4111111111111111'}"));

    assertThat(String.valueOf(context.get("a"))).startsWith("tok_a_");
    assertThat(String.valueOf(context.get("b"))).startsWith("tok_text_");
    assertThat(text(redact(both, "{'note':'4111111111111111'}"))).doesNotContain("4111");
    assertThat(text(redact(RedactionPolicy.of(List.of(own)), "{'context':{'b':'two'}}")))
        .contains("two");
  }

  @Test
  void withoutAKeyNothingIsSealedAndNothingIsKept() {
    Subject subject = new Subject(ORGANIZATION, RECORD, null);

    assertThatThrownBy(() -> REDACTOR.redact(PRODUCTION, subject, tree(CALL)))
        .isInstanceOf(NoSealingKeyException.class);
    assertThat(REDACTOR.redact(RedactionPolicy.standard(), subject, tree(CALL)).sealed()).isNull();
  }

  private static Redacted redact(RedactionPolicy policy, String json) {
    return REDACTOR.redact(policy, SUBJECT, tree(json));
  }

  private static Map<String, @Nullable Object> kept(Redacted redacted) {
    return StrictJson.parseObject(redacted.bytes());
  }

  private static Map<?, ?> context(Redacted redacted) {
    return kept(redacted).get("context") instanceof Map<?, ?> context ? context : Map.of();
  }

  private static Originals open(Redacted redacted) {
    return Originals.open(
        kept(redacted), Objects.requireNonNull(redacted.sealed()), KEY, ORGANIZATION, RECORD);
  }

  private static byte[] filled(byte value) {
    byte[] bytes = new byte[32];
    java.util.Arrays.fill(bytes, value);
    return bytes;
  }
}
