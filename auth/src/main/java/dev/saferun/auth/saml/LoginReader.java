package dev.saferun.auth.saml;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** Reads who logged in from an assertion that has passed everything else. */
final class LoginReader {

  private final Checks checks;
  private final Duration skew;

  LoginReader(Checks checks, Duration skew) {
    this.checks = checks;
    this.skew = skew;
  }

  SamlLogin read(Element assertion) throws RefusedException {
    Element statement = child(assertion, Names.AUTHN_STATEMENT);
    Element nameId = child(child(assertion, Names.SUBJECT), Names.NAME_ID);
    return new SamlLogin(
        nameId(nameId, checks),
        Xml.attribute(statement, "SessionIndex"),
        attributes(assertion),
        Objects.requireNonNullElse(Xml.attribute(assertion, "ID"), ""),
        rememberUntil(assertion),
        required(Xml.attribute(statement, "AuthnInstant")),
        MessageRules.time(Xml.attribute(statement, "SessionNotOnOrAfter")));
  }

  /** A blank, an invisible or a line-breaking character would make two people look the same. */
  static NameId nameId(Element element, Checks checks) throws RefusedException {
    String value = Xml.text(element);
    checks.demand(
        SamlCheck.NAME_ID,
        !value.isBlank()
            && value.equals(value.strip())
            && value.length() <= SamlLimits.NAME_ID_CHARACTERS_MAX
            && value.codePoints().allMatch(Checks::isPrintable));
    return new NameId(
        value,
        Xml.attribute(element, "Format"),
        Xml.attribute(element, "NameQualifier"),
        Xml.attribute(element, "SPNameQualifier"));
  }

  private static Map<String, List<String>> attributes(Element assertion) {
    Map<String, List<String>> attributes = new LinkedHashMap<>();
    for (Element statement : Xml.children(assertion, Names.ATTRIBUTE_STATEMENT)) {
      for (Element attribute : Xml.children(statement, Names.ATTRIBUTE)) {
        String name = Objects.requireNonNullElse(Xml.attribute(attribute, "Name"), "");
        List<String> values = attributes.computeIfAbsent(name, any -> new ArrayList<>());
        Xml.children(attribute, Names.ATTRIBUTE_VALUE).forEach(one -> values.add(value(one)));
      }
    }
    return attributes;
  }

  /** The text, or that of the name in it, which is how Shibboleth sends a targeted id. */
  private static String value(Element value) {
    return Xml.text(Xml.child(value, Names.NAME_ID).orElse(value));
  }

  /** When its conditions, with the skew, have it refused anyway. */
  private Instant rememberUntil(Element assertion) throws RefusedException {
    Element conditions = Xml.child(assertion, Names.CONDITIONS).orElse(assertion);
    return required(Xml.attribute(conditions, "NotOnOrAfter")).plus(skew);
  }

  private static Instant required(@Nullable String time) throws RefusedException {
    @Nullable Instant read = MessageRules.time(time);
    if (read == null) {
      throw incomplete();
    }
    return read;
  }

  private static Element child(Element parent, Name name) throws RefusedException {
    return Xml.child(parent, name).orElseThrow(LoginReader::incomplete);
  }

  private static RefusedException incomplete() {
    return new RefusedException(SamlRefusal.SUBJECT, "the assertion does not say who logged in");
  }
}
