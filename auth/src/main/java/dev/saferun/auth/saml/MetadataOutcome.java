package dev.saferun.auth.saml;

/** What became of metadata. */
public sealed interface MetadataOutcome {

  record Read(IdpMetadata metadata) implements MetadataOutcome {}

  record Refused(MetadataRefusal refusal) implements MetadataOutcome {}
}
