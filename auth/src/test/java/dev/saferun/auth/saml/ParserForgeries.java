package dev.saferun.auth.saml;

import static dev.saferun.auth.saml.Drafts.replace;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What a parser might make of a text, or what another parser might. */
final class ParserForgeries {

  private static final String BILLION_LAUGHS =
      """
      <!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
      <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">
      <!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;"><!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;">]>
      """;

  /** By its name, what stands before the root. */
  private static final Map<String, String> DOCTYPES =
      Map.of(
          "harmless", "<!DOCTYPE samlp:Response>",
          "XXE by a general entity", "<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>",
          "XXE by a parameter entity",
              "<!DOCTYPE r [<!ENTITY % x SYSTEM \"http://127.0.0.1:9/x\"> %x;]>",
          "XXE by an external subset", "<!DOCTYPE r SYSTEM \"http://127.0.0.1:9/x.dtd\">",
          "internal entity", "<!DOCTYPE r [<!ENTITY x \"y\">]>",
          "billion laughs", BILLION_LAUGHS,
          // CVE-2025-25291: what one parser takes for a comment, another takes for markup.
          "attribute default", "<!DOCTYPE r [<!ATTLIST samlp:Response evil CDATA \"<!--\">]>",
          // CVE-2025-23369: identifiers written with entities.
          "identifier", "<!DOCTYPE r [<!ENTITY idp \"_assertion\">]>");

  private static final Signing[] NONE = {};

  private final List<Forgery> all = new ArrayList<>();

  private ParserForgeries() {
    documentTypes();
    comments();
    forms();
    limits();
  }

  static List<Forgery> all() {
    return new ParserForgeries().all;
  }

  private void documentTypes() {
    DOCTYPES.forEach(
        (name, doctype) -> {
          for (Signing signing : Signing.values()) {
            String attack = attack(name);
            all.add(
                Forgery.response(
                    attack,
                    name + ", " + signing,
                    ResponseMaker.of(signing).written(text -> doctype + text).base64(),
                    SamlCheck.DOCTYPE));
          }
        });
    written(
        "CVE-2025-25292",
        "entity for the name",
        text ->
            "<!DOCTYPE r [<!ENTITY x \"root\">]>"
                + replace(">" + Drafts.USER, ">&x;@example.com").apply(text),
        SamlCheck.DOCTYPE);
    written(
        "CVE-2025-23369",
        "entity in the reference",
        text ->
            "<!DOCTYPE r [<!ENTITY x \"_assertion\">]>"
                + replace("ID=\"_assertion\"", "ID=\"&x;\"").apply(text),
        SamlCheck.DOCTYPE);
  }

  private static String attack(String doctype) {
    return switch (doctype) {
      case "attribute default" -> "CVE-2025-25291";
      case "identifier" -> "CVE-2025-23369";
      case "billion laughs" -> "billion laughs";
      case "internal entity" -> "internal entity";
      case "harmless" -> "document type";
      default -> "XXE";
    };
  }

  /** On the text of an assertion that can be seen. */
  private void written(
      String attack, String name, UnaryOperator<String> edit, SamlCheck... expected) {
    for (Signing signing : List.of(Signing.RESPONSE, Signing.ASSERTION, Signing.BOTH)) {
      all.add(
          Forgery.response(
              attack,
              name + ", " + signing,
              ResponseMaker.of(signing).written(edit).base64(),
              expected));
    }
  }

  private void comments() {
    // CVE-2017-11427: the signature does not cover a comment, and some readers stop at it.
    Map<String, String> inName =
        Map.of(
            "comment", "alice<!-- -->@example.com",
            "comment at the end", "alice@example.com<!---->",
            "processing instruction", "alice<?x y?>@example.com",
            "CDATA", "<![CDATA[alice@example.com]]>",
            "CDATA in the middle", "alice<![CDATA[@]]>example.com");
    inName.forEach(
        (name, value) -> {
          written(
              "CVE-2017-11427",
              name + " in the name",
              replace(">" + Drafts.USER + "</saml:NameID>", ">" + value + "</saml:NameID>"),
              SamlCheck.MARKUP);
          for (Signing signing : name.startsWith("CDATA") ? NONE : Signing.values()) {
            all.add(
                Forgery.response(
                    "CVE-2017-11427",
                    name + " signed in the name, " + signing,
                    ResponseMaker.of(signing)
                        .draft(
                            replace(
                                ">" + Drafts.USER + "</saml:NameID>",
                                ">" + value + "</saml:NameID>"))
                        .base64(),
                    SamlCheck.MARKUP));
          }
        });
    written(
        "comment",
        "in an attribute's value",
        replace(">staff<", ">sta<!-- -->ff<"),
        SamlCheck.MARKUP);
    written(
        "comment",
        "in the audience",
        replace(Connections.SP + "<", Connections.SP + "<!-- --><"),
        SamlCheck.MARKUP);
    // CVE-2025-29775.
    written(
        "comment",
        "in the digest",
        replace("<ds:DigestValue>", "<ds:DigestValue><!--evil-->"),
        SamlCheck.MARKUP);
    written("comment", "before the root", text -> "<!-- -->" + text, SamlCheck.MARKUP);
    written("comment", "behind the root", text -> text + "<?x y?>", SamlCheck.MARKUP);
  }

  private void forms() {
    for (String declaration :
        List.of(
            "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>",
            "<?xml version=\"1.0\" encoding=\"UTF-16\"?>",
            "<?xml version=\"1.1\" encoding=\"UTF-8\"?>")) {
      written("encoding", declaration, text -> declaration + text, SamlCheck.ENCODING);
    }
    for (Signing signing : Signing.values()) {
      String honest = ResponseMaker.of(signing).base64();
      base64("blanks inside, " + signing, honest.substring(0, 8) + "   " + honest.substring(8));
      base64(
          "a stranger's characters, " + signing,
          honest.substring(0, 8) + "!!" + honest.substring(8));
      base64("URL-safe, " + signing, "_" + honest);
    }
  }

  private void base64(String name, String text) {
    all.add(Forgery.response("base64", name, text, SamlCheck.BASE64));
  }

  private void limits() {
    String deep = "<e:x xmlns:e=\"urn:e\">".repeat(60) + "</e:x>".repeat(60);
    String veryDeep = "<e:x xmlns:e=\"urn:e\">".repeat(10_000) + "</e:x>".repeat(10_000);
    StringBuilder many = new StringBuilder("<e:x xmlns:e=\"urn:e\"");
    for (int i = 0; i < 40; i++) {
      many.append(" a").append(i).append("=\"\"");
    }
    for (Signing signing : Signing.values()) {
      limit("deep nesting", signing, Drafts.statusDetail(deep), SamlCheck.DEPTH);
      limit("many attributes", signing, Drafts.statusDetail(many + "/>"), SamlCheck.ATTRIBUTES);
      all.add(
          Forgery.response(
              "too large",
              signing.toString(),
              ResponseMaker.of(signing)
                  .written(text -> text + " ".repeat(SamlLimits.MESSAGE_BYTES_MAX))
                  .base64(),
              SamlCheck.SIZE));
    }
    written(
        "deep nesting",
        "ten thousand, added",
        replace("</samlp:Status>", veryDeep + "</samlp:Status>"),
        SamlCheck.DEPTH);
  }

  private void limit(
      String attack, Signing signing, UnaryOperator<String> draft, SamlCheck expected) {
    all.add(
        Forgery.response(
            attack, signing.toString(), ResponseMaker.of(signing).draft(draft).base64(), expected));
  }
}
