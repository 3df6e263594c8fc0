package dev.saferun.audit.sink;

/**
 * The codes of the collector's replies that mean something of their own, from Splunk's
 * "Troubleshoot HTTP Event Collector", "Possible error codes". All others are judged by the HTTP
 * status.
 */
final class SplunkCode {

  static final int INVALID_DATA_FORMAT = 6;
  static final int EVENT_FIELD_REQUIRED = 12;
  static final int EVENT_FIELD_BLANK = 13;
  static final int INDEXED_FIELDS = 15;

  private SplunkCode() {}

  /** Whether it is about the one event that the reply names, which no resend will mend. */
  static boolean isAboutAnEvent(int code) {
    return code == INVALID_DATA_FORMAT
        || code == EVENT_FIELD_REQUIRED
        || code == EVENT_FIELD_BLANK
        || code == INDEXED_FIELDS;
  }

  /** What a person has to mend. */
  static SinkException fault(SplunkChannel.Reply reply) {
    return switch (reply.code()) {
      case 1 -> new SinkException("the token is disabled in Splunk");
      case 2, 3, 4 -> new SinkException("Splunk does not know the token");
      case 7 -> new SinkException("the token may not write to this index, or there is none such");
      case 10, 11 -> new SinkException("Splunk does not take the channel of this sender");
      case 14 ->
          new SinkException(
              "the token has indexer acknowledgement off; turn it on in Splunk, or set"
                  + " acknowledgement to false and take events as delivered before they are"
                  + " durable");
      case 9, 18, 19, 20, 23, 26, 27 ->
          new SinkException(
              "Splunk is busy or its queues are full (code " + reply.code() + ")",
              null,
              reply.answer().retryAfter());
      default -> reply.answer().fault();
    };
  }
}
