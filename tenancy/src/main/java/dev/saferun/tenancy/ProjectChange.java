package dev.saferun.tenancy;

import java.util.Optional;

/** What a change of a project names; a new project is displayed by its name unless this says so. */
public record ProjectChange(Optional<String> displayName) {}
