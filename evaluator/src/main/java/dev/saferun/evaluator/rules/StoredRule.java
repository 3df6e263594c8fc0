package dev.saferun.evaluator.rules;

import dev.saferun.evaluator.RuleVersion;
import java.time.Instant;

/** The newest version of a rule, and who wrote it when. */
public record StoredRule(RuleVersion rule, String author, Instant createdAt) {}
