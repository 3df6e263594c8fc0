package dev.saferun.replay.proof;

import java.util.Optional;

/**
 * What was verified and what came out.
 *
 * @param snapshot the policy that the decision names; empty where the frame cannot be read
 */
public record Verified(Finding finding, Optional<String> snapshot) {}
