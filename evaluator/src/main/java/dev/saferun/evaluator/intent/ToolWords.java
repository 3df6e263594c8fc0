package dev.saferun.evaluator.intent;

import dev.saferun.evaluator.IntentTool;
import dev.saferun.evaluator.ToolEffect;
import dev.saferun.evaluator.texts.Block;
import dev.saferun.evaluator.texts.Lexicon;
import dev.saferun.evaluator.texts.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a tool's name says: what it does, and to what.
 *
 * @param phrase the name in words
 * @param verb the stem of the word for what it does; 0 where the name has none
 * @param verbs that word's concepts
 * @param objects the other words
 * @param minorUnits whether it is known to count money in the smallest unit
 */
record ToolWords(
    String phrase,
    int verb,
    long verbs,
    List<Term> objects,
    ToolEffect effect,
    boolean minorUnits) {

  private static final Lexicon LEXICON = Lexicon.STANDARD;
  private static final Set<String> GENERIC =
      Set.of(
          "get", "set", "the", "by", "for", "in", "all", "of", "to", "a", "through", "tool", "from",
          "node", "linked", "current", "logged", "id", "via", "and", "with");
  private static final long WEB = LEXICON.concepts(Lexicon.stem("webpage"));
  private static final long LOOK = LEXICON.done(Lexicon.stem("read"));
  private static final long RUN = LEXICON.done(Lexicon.stem("execute"));

  /** Who creates a refund refunds. */
  private static final long CREATE = LEXICON.done(Lexicon.stem("create"));

  /** A description that begins "use this to" does not yet say what for. */
  private static final int USE = Lexicon.stem("use");

  /** What "returns the weather" looks; who takes goods back has it in the tool's name. */
  private static final int RETURN = Lexicon.stem("return");

  private static final long VISIT =
      LEXICON.done(Lexicon.stem("browse")) & LEXICON.done(Lexicon.stem("navigate"));

  /** A thing that the tool works on. */
  record Term(int stem, long concepts) {}

  private static final List<String> STATEMENTS =
      List.of("statement", "sql", "query", "command", "script");

  /** What the name says, or, of a tool that runs what it is given, what that says first. */
  static ToolWords of(String tool, Map<String, @Nullable Object> arguments) {
    ToolWords named = of(tool);
    if (named.verbs == 0 || (named.verbs & RUN) != 0) {
      for (String name : STATEMENTS) {
        if (arguments.get(name) instanceof String statement) {
          return named.running(statement);
        }
      }
    }
    return named;
  }

  private ToolWords running(String statement) {
    int start = 0;
    while (start < statement.length() && !Character.isLetter(statement.charAt(start))) {
      start++;
    }
    int end = start;
    while (end < statement.length() && Character.isLetter(statement.charAt(end))) {
      end++;
    }
    int first = Lexicon.stem(statement.substring(start, end));
    long said = LEXICON.verbs(LEXICON.concepts(first));
    return said == 0 ? this : new ToolWords(phrase, first, said, objects, effect(said), minorUnits);
  }

  private static ToolWords of(String tool) {
    String phrase = apart(tool);
    Words words = new Words().read(phrase);
    int verb = 0;
    long verbs = 0;
    List<Term> objects = new ArrayList<>();
    boolean minorUnits = false;
    for (int word = 0; word < words.count(); word++) {
      String text = words.at(word).toLowerCase(java.util.Locale.ROOT);
      if (word > 0 && GENERIC.contains(text)) {
        continue;
      }
      minorUnits |= LEXICON.countsMinorUnits(text);
      int stem = Lexicon.stem(text);
      long concepts = LEXICON.concepts(stem);
      if (verb == 0 && LEXICON.verbs(concepts) != 0) {
        verb = stem;
        verbs = LEXICON.verbs(concepts);
      } else {
        objects.add(new Term(stem, concepts));
      }
    }
    if ((verbs & CREATE) != 0) {
      for (Term object : objects) {
        verbs |= LEXICON.verbs(object.concepts());
      }
    }
    boolean web = objects.stream().anyMatch(object -> (object.concepts() & WEB) != 0);
    if (web && (verbs & LOOK) != 0) {
      verbs = VISIT;
    }
    return new ToolWords(phrase, verb, verbs, List.copyOf(objects), effect(verbs), minorUnits);
  }

  /** {@code sendEmail} and {@code send_email} are two words each. */
  private static String apart(String tool) {
    StringBuilder apart = new StringBuilder(tool.length() + 8);
    for (int i = 0; i < tool.length(); i++) {
      char letter = tool.charAt(i);
      if (i > 0 && Character.isUpperCase(letter) && Character.isLowerCase(tool.charAt(i - 1))) {
        apart.append(' ');
      }
      apart.append(letter == '_' || letter == '.' ? ' ' : letter);
    }
    return apart.toString();
  }

  /** Of a tool whose name and statement tell nothing: as the first known verb says. */
  ToolWords described(@Nullable Object description) {
    if (verbs != 0 || !(description instanceof String text)) {
      return this;
    }
    Words words = new Words().read(text);
    for (int word = 0; word < words.count(); word++) {
      int stem = Lexicon.stem(words.at(word));
      long said = saidByDescription(stem, word == 0);
      if (said != 0) {
        return new ToolWords(phrase, stem, said, objects, effect(said), minorUnits);
      }
    }
    return this;
  }

  /** What begins a description is something to do also where the word is a thing elsewhere. */
  private static long saidByDescription(int stem, boolean begins) {
    if (stem == RETURN) {
      return LOOK;
    }
    long said = begins ? LEXICON.verbs(LEXICON.concepts(stem)) : LEXICON.done(stem);
    return stem == USE ? 0 : said;
  }

  /** Of a tool of which nothing else tells: as its answers say. */
  ToolWords answering(@Nullable ToolEffect answers) {
    return verbs != 0 || answers == null
        ? this
        : new ToolWords(phrase, verb, verbs, objects, answers, minorUnits);
  }

  private static ToolEffect effect(long verbs) {
    return verbs == 0 ? ToolEffect.WRITE : LEXICON.effect(Long.numberOfTrailingZeros(verbs));
  }

  /** Corrected by what somebody knows better. */
  ToolWords with(@Nullable IntentTool known) {
    if (known == null) {
      return this;
    }
    ToolEffect corrected = known.effect();
    Boolean counts = known.minorUnits();
    return new ToolWords(
        phrase,
        verb,
        verbs,
        objects,
        corrected == null ? effect : corrected,
        counts == null ? minorUnits : counts);
  }

  boolean reads() {
    return effect == ToolEffect.READ;
  }

  /** How far the block says to do what the tool does, 0 to 1. */
  double verbIn(Block block) {
    if ((block.done() & verbs) != 0) {
      return 1;
    }
    if (verb != 0 && block.says(verb)) {
      return LEXICON.concepts(verb) == 0 ? 1 : 0.8;
    }
    return 0;
  }

  /** Which share of the tool's objects the block speaks of. */
  double objectsIn(Block block) {
    if (objects.isEmpty()) {
      return 0;
    }
    int found = 0;
    for (Term object : objects) {
      if ((block.concepts() & object.concepts()) != 0 || block.says(object.stem())) {
        found++;
      }
    }
    return (double) found / objects.size();
  }
}
