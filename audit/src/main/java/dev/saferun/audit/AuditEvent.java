package dev.saferun.audit;

import dev.saferun.platform.Actor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who did what to what.
 *
 * @param code stable and dotted, such as {@code key.created}
 * @param target what it was done to, such as {@code key:0198…}
 * @param before what it was, or null where it is new; never a secret
 * @param after what it became, or null where it is gone; never a secret
 */
public record AuditEvent(
    Actor actor,
    String code,
    String target,
    @Nullable Map<String, @Nullable Object> before,
    @Nullable Map<String, @Nullable Object> after) {}
