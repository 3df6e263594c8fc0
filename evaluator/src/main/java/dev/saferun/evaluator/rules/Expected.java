package dev.saferun.evaluator.rules;

import java.util.Set;

/**
 * What a writer takes to be there (RFC 9110, 13.1). Versions and activations are numbered from 1; 0
 * stands for nothing there yet.
 */
public sealed interface Expected {

  /** Whether what is there now is what the writer goes by. */
  boolean isMetBy(int current);

  /** The writer does not mind. */
  record Anything() implements Expected {
    @Override
    public boolean isMetBy(int current) {
      return true;
    }
  }

  /** {@code If-None-Match: *}: nothing is there yet. */
  record Nothing() implements Expected {
    @Override
    public boolean isMetBy(int current) {
      return current == 0;
    }
  }

  /** {@code If-Match: *}: something is there, whichever. */
  record Something() implements Expected {
    @Override
    public boolean isMetBy(int current) {
      return current > 0;
    }
  }

  /** {@code If-Match} with numbers: one of these is there. */
  record OneOf(Set<Integer> numbers) implements Expected {
    public OneOf {
      numbers = Set.copyOf(numbers);
    }

    @Override
    public boolean isMetBy(int current) {
      return numbers.contains(current);
    }
  }
}
