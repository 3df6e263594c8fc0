package dev.saferun.replay.proof;

import dev.saferun.evaluator.Explanation;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A kept decision, whether the same comes out of it now, and why.
 *
 * @param evidence the frame that it was made from
 * @param explanation empty where what it was decided from is not whole
 */
public record Explained(
    Map<String, @Nullable Object> evidence, Finding finding, Optional<Explanation> explanation) {}
