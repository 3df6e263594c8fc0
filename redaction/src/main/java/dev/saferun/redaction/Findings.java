package dev.saferun.redaction;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts together what several passes found in one text. */
final class Findings {

  private static final Map<String, Integer> RANKS = ranks();
  private static final int CUSTOM_RANK = Detector.values().length;

  private static final Comparator<TextScanner.Finding> IN_ORDER =
      Comparator.comparingInt(TextScanner.Finding::start)
          .thenComparingInt(TextScanner.Finding::end);

  private Findings() {}

  /**
   * All of both, in order. Of built-in findings that overlap, those of one class become one, and
   * otherwise the class that stands first in {@link Detector} stays.
   */
  static List<TextScanner.Finding> united(
      List<TextScanner.Finding> some, List<TextScanner.Finding> others) {
    if (others.isEmpty()) {
      return some;
    }
    List<TextScanner.Finding> all = new ArrayList<>(some);
    all.addAll(others);
    all.sort(IN_ORDER);
    List<TextScanner.Finding> kept = new ArrayList<>();
    for (TextScanner.Finding finding : all) {
      TextScanner.Finding last = kept.isEmpty() ? null : kept.getLast();
      if (last == null || last.end() <= finding.start()) {
        kept.add(finding);
      } else {
        kept.set(kept.size() - 1, either(last, finding));
      }
    }
    return kept;
  }

  private static TextScanner.Finding either(TextScanner.Finding one, TextScanner.Finding other) {
    if (one.dataClass().equals(other.dataClass())) {
      return new TextScanner.Finding(
          one.dataClass(), one.start(), Math.max(one.end(), other.end()));
    }
    return rank(other) < rank(one) ? other : one;
  }

  /** The most telling class of what was found within something that is only found whole. */
  static String leading(List<TextScanner.Finding> findings) {
    return findings.stream().min(Comparator.comparingInt(Findings::rank)).orElseThrow().dataClass();
  }

  /** Where a custom finding overlaps built-in ones, it holds when it is longer than each. */
  static List<TextScanner.Finding> withCustom(
      List<TextScanner.Finding> builtIn, List<TextScanner.Finding> custom) {
    if (custom.isEmpty()) {
      return builtIn;
    }
    List<TextScanner.Finding> all = new ArrayList<>();
    int next = 0;
    for (TextScanner.Finding own : custom) {
      while (next < builtIn.size() && builtIn.get(next).end() <= own.start()) {
        all.add(builtIn.get(next++));
      }
      int overlapped = next;
      boolean longest = true;
      while (overlapped < builtIn.size() && builtIn.get(overlapped).start() < own.end()) {
        longest &= length(builtIn.get(overlapped)) < length(own);
        overlapped++;
      }
      if (longest) {
        all.add(own);
        next = overlapped;
      }
    }
    all.addAll(builtIn.subList(next, builtIn.size()));
    return all;
  }

  private static int length(TextScanner.Finding finding) {
    return finding.end() - finding.start();
  }

  private static int rank(TextScanner.Finding finding) {
    return RANKS.getOrDefault(finding.dataClass(), CUSTOM_RANK);
  }

  private static Map<String, Integer> ranks() {
    Map<String, Integer> ranks = new HashMap<>();
    for (Detector detector : Detector.values()) {
      ranks.put(detector.dataClass(), ranks.size());
    }
    return ranks;
  }
}
