package dev.saferun.evaluator;

import dev.saferun.tenancy.EnvironmentSettings;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;

/** Puts together policies that are not in force, to be held against recorded calls. */
public interface Candidates {

  /**
   * What is in force in the environment with these rule versions laid over it, each in block. With
   * none it is what is in force. A rule or version that there is not is refused with its place.
   */
  CompletionStage<Candidate> over(EnvironmentSettings environment, List<Draft> drafts);

  /** A rule and one of its versions; the newest where none is said. */
  record Draft(String rule, OptionalInt version) {}

  /**
   * A policy to try.
   *
   * @param drafts the versions that were laid over
   */
  record Candidate(PolicySnapshot policy, List<RuleVersion> drafts) {
    public Candidate {
      drafts = List.copyOf(drafts);
    }
  }
}
