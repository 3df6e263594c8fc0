package dev.saferun.redaction;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.List;

/**
 * A few dozen ordinary words, numbers and sentences in several languages, as tools and agents write
 * them. A pattern of an organization's own is tried on them: one that finds too many would take
 * everything from the records.
 */
final class OrdinaryTexts {

  /** The share, in percent, of each kind that a pattern may find something in. */
  static final int SHARE_MAX_PERCENT = 20;

  private record Kind(String name, List<String> examples) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind(
              "ordinary words",
              List.of(
                  "order",
                  "customer",
                  "refund",
                  "Transfer",
                  "Berlin",
                  "the",
                  "approved",
                  "status",
                  "invoice",
                  "OK",
                  "pending",
                  "calendar",
                  "Überweisung",
                  "livraison",
                  "pedido",
                  "search_hotels",
                  "send-email",
                  "getBalance",
                  "EUR",
                  "USD",
                  "true",
                  "north",
                  "airline",
                  "booking",
                  "window",
                  "Monday",
                  "weight",
                  "red",
                  "shipping",
                  "none")),
          new Kind(
              "ordinary numbers",
              List.of(
                  "0",
                  "1",
                  "7",
                  "12",
                  "42",
                  "100",
                  "256",
                  "404",
                  "1000",
                  "1024",
                  "4500.00",
                  "19.99",
                  "3.14159",
                  "-1",
                  "-12.5",
                  "8080",
                  "65535",
                  "86400",
                  "250000",
                  "1732300000",
                  "2026",
                  "1999",
                  "99",
                  "15%",
                  "1e6",
                  "0.001",
                  "10,000",
                  "1.5",
                  "33",
                  "600")),
          new Kind(
              "dates, times and versions",
              List.of(
                  "2026-11-23",
                  "23.11.2026",
                  "11/23/2026",
                  "03:08:58",
                  "12:30",
                  "v1.2.3",
                  "1.0.0",
                  "2026-11-23T03:08:58Z",
                  "Nov 23",
                  "23 May 2026",
                  "Q3",
                  "2.11.4-rc1",
                  "9am",
                  "00:00",
                  "2025-01-31")),
          new Kind(
              "ordinary sentences",
              List.of(
                  "Please charge order 7 and tell the customer.",
                  "The hotel has 42 rooms, 3 of them with a view.",
                  "Your refund of 19.99 EUR was approved on Monday.",
                  "No flights were found for the given dates.",
                  "Move the meeting from 12:30 to 14:00, room B.",
                  "Die Rechnung wurde am 23.11.2026 bezahlt.",
                  "Le colis arrivera demain avant midi.",
                  "El pedido fue cancelado por el cliente.",
                  "Read the file README.md and list its headings.",
                  "select name, city from customers limit 10",
                  "{\"status\":\"ok\",\"count\":3}",
                  "error: connection refused after 3 attempts",
                  "https://example.com/products?page=2",
                  "Summarize the last five messages in two lines.",
                  "Sent by the assistant on behalf of the user.")));

  private OrdinaryTexts() {}

  static void refuseOverBroad(Pattern pattern, String pointer) {
    for (Kind kind : KINDS) {
      int found = 0;
      String first = "";
      for (String example : kind.examples) {
        Matcher matcher = pattern.matcher(example);
        if (matcher.find()) {
          CustomPatterns.refuseEmpty(matcher.group(), pointer);
          first = found++ == 0 ? matcher.group() : first;
        }
      }
      if (found * 100 > SHARE_MAX_PERCENT * kind.examples.size()) {
        throw CustomPatterns.invalid(
            "this pattern is too broad: it finds something in "
                + found
                + " of "
                + kind.examples.size()
                + " "
                + kind.name
                + " (such as '"
                + first
                + "'), and may in"
                + " no more than "
                + SHARE_MAX_PERCENT
                + " percent; add what only your values have",
            pointer);
      }
    }
  }
}
