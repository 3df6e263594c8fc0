package dev.saferun.redaction;

import java.util.List;
import java.util.stream.Stream;

/**
 * Keys and tokens that vendors mark by how they begin, so that scanners can tell them. A new form
 * is a new line in the table.
 */
final class VendorKeys {

  /** Which characters follow, beside letters and digits. */
  private enum Tail {
    ALPHANUMERIC(""),
    HEX(""),

    TOKEN("_-"),
    DOTTED("_-."),
    BASE64("+/="),
    ATLASSIAN("_-="),
    URL("_-./%");

    private final String marks;

    Tail(String marks) {
      this.marks = marks;
    }

    boolean has(byte c) {
      return this == HEX ? Ascii.isHex(c) : Ascii.isLetterOrDigit(c) || marks.indexOf(c) >= 0;
    }
  }

  /** What the characters that follow must show, where the start alone would be a common word. */
  private enum Proof {
    NONE,
    /** A digit among them. */
    DIGIT,
    /** Digits, capitals and small letters. */
    MIXED
  }

  /**
   * @param kept how many characters of the start are no secret and stay readable
   * @param min the fewest characters that must follow
   * @param max the most that may follow; more are another thing
   */
  private record Form(String start, int kept, Tail tail, int min, int max, Proof proof) {}

  private static final int ANY = Integer.MAX_VALUE;

  /** Within how many characters a key must prove to be one: what is none is never read further. */
  private static final long PROOF_WITHIN = 256;

  private static final List<Form> FORMS =
      Stream.of(
              tokens(16, "srk_"),
              tokens(8, "sk_live_ sk_test_ rk_live_ rk_test_"),
              tokens(24, "whsec_"),
              letters(30, "ghp_ gho_ ghu_ ghs_ ghr_"),
              tokens(30, "github_pat_"),
              tokens(
                  18,
                  "glpat- gldt- glrt- glrtr- glptt- glcbt- glft- glimt- glagent- gloas- glsoat-"
                      + " glffct- GR1348941"),
              digits(10, "xoxb- xoxp- xoxa- xoxr- xoxs- xoxo- xoxc- xoxd- xapp-"),
              dotted(20, "xoxe.xoxp- xoxe.xoxb- xoxe-"),
              exact(16, "AKIA ASIA ABIA ACCA"),
              Stream.of(new Form("ABSK", 0, Tail.BASE64, 100, ANY, Proof.MIXED)),
              tokens(33, "AIza"),
              dotted(20, "ya29."),
              tokens(24, "GOCSPX-"),
              tokens(30, "1//0"),
              hex(32, "SK"),
              dotted(40, "SG."),
              hex(32, "key-"),
              mixed(20, "sk-"),
              tokens(
                  20,
                  "sk-proj- sk-svcacct- sk-admin- sk-ant- sk-or- sk-lf- pk-lf- xai- gsk_ pplx-"
                      + " nvapi- tvly- fw_ pcsk_ lsv2_pt_ lsv2_sk_ csk-"),
              letters(30, "hf_ api_org_"),
              letters(36, "npm_"),
              tokens(50, "pypi-"),
              hex(64, "dop_v1_ doo_v1_ dor_v1_"),
              hex(32, "shpat_ shpca_ shppa_ shpss_"),
              tokens(22, "sq0atp- sq0csp- sq0idp-"),
              Stream.of(new Form("EAAA", 0, Tail.TOKEN, 56, ANY, Proof.DIGIT)),
              hex(32, "dkea dose"),
              Stream.of(new Form("dapi", 0, Tail.TOKEN, 32, 34, Proof.DIGIT)),
              tokens(24, "hvs. hvb. hvr."),
              tokens(24, "lin_api_ lin_oauth_ ntn_"),
              letters(40, "secret_"),
              Stream.of("ATATT3", "ATCTT3", "ATBB", "ATOA")
                  .map(start -> new Form(start, 0, Tail.ATLASSIAN, 28, ANY, Proof.DIGIT)),
              tokens(30, "HRKU-"),
              tokens(24, "NRAK- NRJS- NRII- NRIQ-"),
              tokens(24, "glc_ glsa_ PMAK- figd_ figo_ CFPAT- pul- sntrys_ sntryu_ sbp_ tfp_"),
              dotted(24, "dp.pt. dp.st. dp.ct. dp.sa. dp.scim. dp.audit. dt0c01. dt0s16."),
              tokens(24, "fo1_ pscale_tkn_ pscale_pw_ pscale_oauth_ rubygems_ nfp_ pnu_ rdme_"),
              tokens(20, "tskey- tskey-auth- tskey-api- LTAI waka_ bkua_ CCIPAT_ CLOJARS_"),
              tokens(20, "dckr_pat_ dckr_oat_ xkeysib- xsmtpsib- shippo_live_ sqp_ squ_ sqa_"),
              tokens(20, "r8_ tk-us- rzp_live_ rzp_test_ FLWSECK_ FLWSECK- duffel_live_ zpka_"),
              tokens(
                  36, "pat-na1- pat-eu1- access-production- access-sandbox- api-live- sdk-live-"),
              Stream.of(new Form("sk.eyJ", 0, Tail.DOTTED, 40, ANY, Proof.MIXED)),
              Stream.of(new Form("AGE-SECRET-KEY-1", 0, Tail.ALPHANUMERIC, 50, 60, Proof.NONE)),
              digits(20, "ops_eyJ p8e- AKCp fio-u- ico- API- EZAK EZTK"),
              dotted(100, "sl."),
              digits(30, "v1.0- AKID"),
              dotted(60, "atlasv1."),
              digits(20, "re_"),
              addresses("hooks.slack.com/services/ hooks.slack.com/workflows/"),
              addresses("discord.com/api/webhooks/ discordapp.com/api/webhooks/"),
              addresses("hooks.zapier.com/hooks/catch/ webhook.office.com/webhookb2/"))
          .flatMap(forms -> forms)
          .toList();

  private static final PrefixTable STARTS =
      new PrefixTable(FORMS.stream().map(Form::start).toList(), false);

  private VendorKeys() {}

  private static Stream<Form> forms(Tail tail, int min, int max, Proof proof, String starts) {
    return Stream.of(starts.split(" ", -1)).map(start -> new Form(start, 0, tail, min, max, proof));
  }

  private static Stream<Form> tokens(int min, String starts) {
    return forms(Tail.TOKEN, min, ANY, Proof.NONE, starts);
  }

  private static Stream<Form> letters(int min, String starts) {
    return forms(Tail.ALPHANUMERIC, min, ANY, Proof.NONE, starts);
  }

  private static Stream<Form> dotted(int min, String starts) {
    return forms(Tail.DOTTED, min, ANY, Proof.DIGIT, starts);
  }

  private static Stream<Form> digits(int min, String starts) {
    return forms(Tail.TOKEN, min, ANY, Proof.DIGIT, starts);
  }

  private static Stream<Form> mixed(int min, String starts) {
    return forms(Tail.TOKEN, min, ANY, Proof.MIXED, starts);
  }

  private static Stream<Form> exact(int length, String starts) {
    return forms(Tail.ALPHANUMERIC, length, length, Proof.NONE, starts);
  }

  private static Stream<Form> hex(int length, String starts) {
    return forms(Tail.HEX, length, length + 8, Proof.NONE, starts);
  }

  /** Whoever has the rest of such an address may write there. */
  private static Stream<Form> addresses(String starts) {
    return Stream.of(starts.split(" ", -1))
        .map(start -> new Form(start, start.length(), Tail.URL, 12, ANY, Proof.DIGIT));
  }

  static boolean mayStartWith(char c) {
    return STARTS.mayStartWith(c);
  }

  /** The key that begins at a word's start. */
  static long at(byte[] text, int start) {
    int entry = STARTS.longest(text, start);
    while (entry != PrefixTable.NONE) {
      long span = span(text, start, FORMS.get(entry));
      if (span != Span.NOTHING) {
        return span;
      }
      entry = STARTS.shorter(entry);
    }
    return Span.NOTHING;
  }

  private static long span(byte[] text, int start, Form form) {
    int from = start + form.start.length();
    int provenBy = tailEnd(text, from, from, Math.min(form.max + 1L, PROOF_WITHIN), form);
    if (provenBy - from < form.min || !isProven(text, from, provenBy, form.proof)) {
      return Span.NOTHING;
    }
    int end = tailEnd(text, from, provenBy, form.max + 1L, form);
    while (end > from && text[end - 1] == '.') {
      end--;
    }
    int length = end - from;
    boolean fits =
        length >= form.min && length <= form.max && !Ascii.isLetterOrDigit(Ascii.at(text, end));
    return fits ? Span.of(start + form.kept, end) : Span.NOTHING;
  }

  private static int tailEnd(byte[] text, int from, int at, long max, Form form) {
    long limit = Math.min(text.length, from + max);
    int end = at;
    while (end < limit && form.tail.has(text[end])) {
      end++;
    }
    return end;
  }

  private static boolean isProven(byte[] text, int from, int end, Proof proof) {
    if (proof == Proof.NONE) {
      return true;
    }
    boolean digit = false;
    boolean upper = false;
    boolean lower = false;
    for (int i = from; i < end; i++) {
      digit |= Ascii.isDigit(text[i]);
      upper |= Ascii.isUpper(text[i]);
      lower |= Ascii.isLower(text[i]);
    }
    return digit && (proof == Proof.DIGIT || (upper && lower));
  }
}
