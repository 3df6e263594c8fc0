package dev.saferun.replay.approval;

import dev.saferun.platform.Scope;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which approvals a list has; what is null narrows nothing.
 *
 * @param scope within which
 * @param after the last one of the page before
 */
public record ApprovalFilter(
    Scope scope, @Nullable ApprovalState state, @Nullable String tool, @Nullable UUID after) {}
