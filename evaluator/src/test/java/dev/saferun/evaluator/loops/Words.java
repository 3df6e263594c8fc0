package dev.saferun.evaluator.loops;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What generated calls are about. */
final class Words {

  private static final List<String> NOUNS =
      List.of(
          "invoice",
          "customer",
          "order",
          "shipment",
          "refund",
          "ticket",
          "contract",
          "policy",
          "account",
          "report",
          "meeting",
          "supplier",
          "product",
          "budget",
          "employee",
          "server");
  private static final List<String> MORE =
      List.of(
          "2024",
          "latest",
          "open",
          "Berlin",
          "unpaid",
          "quarterly",
          "draft",
          "final",
          "details",
          "status",
          "number",
          "list",
          "by name",
          "overview",
          "for the team",
          "in March");

  private final Random random;

  Words(Random random) {
    this.random = random;
  }

  <T> T one(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  int upTo(int bound) {
    return random.nextInt(bound);
  }

  int between(int min, int max) {
    return min + random.nextInt(max - min + 1);
  }

  boolean chance(double share) {
    return random.nextDouble() < share;
  }

  String noun() {
    return one(NOUNS);
  }

  String more() {
    return one(MORE);
  }

  String id(String prefix) {
    return prefix + "_" + Long.toString(random.nextLong() >>> 24, 36);
  }

  long number() {
    return random.nextInt(1_000_000);
  }

  String sentence(int words) {
    List<String> said = new ArrayList<>();
    for (int i = 0; i < words; i++) {
      said.add(random.nextBoolean() ? noun() : more());
    }
    return String.join(" ", said);
  }

  /** A record as an API gives it, different each time. */
  Map<String, Object> record() {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("id", id("rec"));
    record.put("name", noun() + " " + number());
    record.put("amount", number() / 100.0);
    record.put("active", random.nextBoolean());
    return record;
  }

  /** A list of records, so large that no two are the same by chance. */
  List<Object> records(int count) {
    List<Object> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      records.add(record());
    }
    return records;
  }

  /** What a write is answered with, always the same within one run. */
  Object acknowledgement() {
    return one(
        List.<Object>of(
            Map.of("ok", true),
            "Done.",
            Map.of("status", "success", "code", 200L),
            Map.of("success", true, "errors", List.of(), "message", "The record was updated."),
            true));
  }

  /** What a search is answered with that finds nothing. */
  Object nothing() {
    return one(
        List.<Object>of(
            List.of(),
            Map.of("results", List.of(), "total", 0L),
            "No results found.",
            "[]",
            "No matching documents were found for the query."));
  }
}
