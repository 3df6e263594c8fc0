package dev.saferun.auth.signin;

import dev.saferun.auth.AuthConfiguration;
import jakarta.inject.Singleton;
import java.util.UUID;

/** Where browsers and providers find a connection: each has addresses of its own. */
@Singleton
public class SignInAddresses {

  /** Where people begin. */
  public static final String PAGE = "/sign-in";

  private final String publicUrl;

  SignInAddresses(AuthConfiguration configuration) {
    this.publicUrl = configuration.publicUrl();
  }

  public String page() {
    return publicUrl + PAGE;
  }

  /** Where a sign-in by the connection begins. */
  public String begin(UUID organizationId, UUID connectionId) {
    return publicUrl + PAGE + "/" + organizationId + "/" + connectionId;
  }

  String of(Connection connection, String door) {
    return begin(connection.organizationId(), connection.id()) + "/" + door;
  }

  /** Where an OpenID provider sends the browser back to. */
  public String callback(Connection connection) {
    return of(connection, "callback");
  }

  /** Where an OpenID provider tells of a logout. */
  public String backChannelLogout(Connection connection) {
    return of(connection, "backchannel-logout");
  }

  /** Our name to a SAML identity provider, and where our metadata is. */
  public String entityId(Connection connection) {
    return of(connection, "metadata");
  }

  public String assertionConsumer(Connection connection) {
    return of(connection, "acs");
  }

  public String singleLogout(Connection connection) {
    return of(connection, "slo");
  }
}
