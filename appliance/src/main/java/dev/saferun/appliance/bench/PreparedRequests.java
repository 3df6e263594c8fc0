package dev.saferun.appliance.bench;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Requests as the bytes that go over the wire, to be sent round after round. Where a request has a
 * {@link #ROUND}, the number of the round is written there, so that no run goes on for ever: a load
 * of any length is made of runs of the same length.
 */
public final class PreparedRequests {

  /** Stands in a body where the number of the round goes. */
  public static final String ROUND = "round-000000";

  private static final int DIGITS = 6;

  private final List<byte[]> requests;
  private final int[] places;
  private int next;
  private int round;

  PreparedRequests(List<byte[]> requests) {
    this.requests = List.copyOf(requests);
    this.places = requests.stream().mapToInt(PreparedRequests::place).toArray();
  }

  private static int place(byte[] request) {
    int start = new String(request, StandardCharsets.ISO_8859_1).indexOf(ROUND);
    return start < 0 ? -1 : start + ROUND.length() - 1;
  }

  /** The next one; its bytes stay as they are for a round. */
  byte[] next() {
    byte[] request = requests.get(next);
    if (places[next] >= 0) {
      int rest = round;
      for (int i = 0; i < DIGITS; i++) {
        request[places[next] - i] = (byte) ('0' + rest % 10);
        rest /= 10;
      }
    }
    next++;
    if (next == requests.size()) {
      next = 0;
      round++;
    }
    return request;
  }
}
