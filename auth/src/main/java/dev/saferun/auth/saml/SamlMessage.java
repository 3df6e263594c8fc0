package dev.saferun.auth.saml;

/**
 * A message of ours that is ready to go.
 *
 * @param id by which the answer refers to it: keep it with this browser
 */
public record SamlMessage(String id, SamlDelivery delivery) {}
