package dev.saferun.evaluator.texts;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** Words that say nothing about what a text is about. */
final class StopWords {

  private static final Set<Integer> STEMS =
      Arrays.stream(
              ("the a an my your our his her its their this that these those in on at for from with"
                      + " by of to as is are was were be been has have had it he she they we i you"
                      + " me him them us who what when where while if and or but not no all any some"
                      + " can could would will should may please so then there here about into over"
                      + " up out do does did make sure one also just www com http https html org net"
                      + " edu via")
                  .split(" "))
          .map(Lexicon::stem)
          .collect(Collectors.toUnmodifiableSet());

  private StopWords() {}

  static boolean contains(int stem) {
    return STEMS.contains(stem);
  }
}
