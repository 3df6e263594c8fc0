package dev.saferun.replay.http;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The shapes of proofs, for the OpenAPI document. */
final class ProofDocuments {

  private ProofDocuments() {}

  @Schema(name = "Proof")
  record Proof(
      String decisionId,
      @Schema(description = "proven, different, undecidable, altered or other_evaluator")
          String result,
      String evidenceSha256,
      @Schema(description = "absent where the evidence cannot be read")
          @Nullable String policySnapshot,
      @Schema(description = "what decided again") EvaluatorOfProof evaluator,
      @Nullable UndecidableParts undecidable,
      @Nullable ProofDifference difference,
      @Nullable AlteredPart altered,
      @Schema(description = "what decided then, where it is another")
          @Nullable EvaluatorOfProof decidedBy) {}

  @Schema(name = "EvaluatorOfProof")
  record EvaluatorOfProof(String version) {}

  @Schema(name = "UndecidableParts")
  record UndecidableParts(
      List<UndecidableSource> sources,
      @Schema(description = "whether the effect is the same whatever they would have said")
          boolean effectIsCertain,
      @Schema(description = "JSON Pointers into the frame") List<String> redacted) {}

  @Schema(name = "UndecidableSource")
  record UndecidableSource(
      @Schema(description = "a rule, loop-guard, or run for the run's state") String source,
      int version) {}

  @Schema(name = "ProofDifference")
  record ProofDifference(
      @Schema(description = "JSON Pointer into the decision") String pointer,
      String kept,
      String decided) {}

  @Schema(name = "AlteredPart")
  record AlteredPart(
      @Schema(description = "evidence, snapshot or rule") String part, String name) {}

  @Schema(name = "SelfAudit")
  record SelfAudit(
      long verified,
      long proven,
      long undecidable,
      long otherEvaluator,
      long different,
      long altered,
      long durationMillis) {}
}
