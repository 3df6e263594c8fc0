package dev.saferun.auth.oidc;

import java.util.Map;

/**
 * The way to an identity provider. Whoever implements it is the guard of the appliance's own
 * network, for the addresses are a customer's text or a provider's.
 *
 * <p>Each call blocks until the whole answer is there and ends at a deadline, whatever the provider
 * does. It follows no redirect, keeps no cookie, verifies TLS, and gives up on an answer that is
 * longer than {@link WebAnswer#BODY_BYTES_MAX}.
 */
public interface IdpWeb {

  WebAnswer get(String url, Map<String, String> headers) throws IdpUnreachableException;

  WebAnswer post(String url, Map<String, String> headers, byte[] body)
      throws IdpUnreachableException;
}
