package dev.saferun.platform;

/** An address that the appliance does not call. The message is for the person who wrote it. */
public final class AddressRefusedException extends Exception {

  private static final long serialVersionUID = 1;

  /** Why; each text is whole and names nothing that was found out about the network. */
  public enum Reason {
    /** Also where a name does not resolve: the difference would tell which names exist inside. */
    NOT_ALLOWED(
        "the address cannot be found or is not allowed; the operator of the appliance can allow"
            + " a range of addresses"),
    SPELLING(
        "the host must be a name of letters, digits, hyphens and points (a name in another script"
            + " in its xn-- form, no point at the end) or a plain IP address"),
    PORT("the port must be from 1 to 65535"),
    URL("the address must be an absolute URL such as https://logs.example.com/path"),
    SCHEME("the address has a scheme that is not taken here"),
    USER_INFO("the address must not hold a user or a password; there are settings for these"),
    FRAGMENT("the address must have no part after #");

    private final String text;

    Reason(String text) {
      this.text = text;
    }
  }

  private final Reason reason;

  AddressRefusedException(Reason reason) {
    super(reason.text);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
