package dev.saferun.tenancy;

import java.time.Instant;
import java.util.UUID;

/** One agent product of an organization. */
public record Project(UUID id, String name, String displayName, Instant createdAt) {}
