package dev.saferun.evaluator;

import java.util.Map;

/**
 * A recorded call that somebody labelled.
 *
 * @param runId calls of one run have much in common and are never both learnt from and judged by
 * @param bad whether it was not what the user asked for
 */
public record LabelledCall(String runId, String tool, Map<Feature, Double> features, boolean bad) {}
