package dev.saferun.platform;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Names and what they resolve to, in turn: the last answer stays. */
public final class FakeResolver implements Resolver {

  private final Map<String, Deque<List<InetAddress>>> answers = new HashMap<>();

  /**
   * @param addresses of one answer
   */
  public FakeResolver answering(String name, String... addresses) {
    answers
        .computeIfAbsent(name, any -> new ArrayDeque<>())
        .add(Stream.of(addresses).map(text -> Cidr.parse(text).network()).toList());
    return this;
  }

  @Override
  public List<InetAddress> resolve(String host) throws UnknownHostException {
    Deque<List<InetAddress>> left = answers.get(host);
    if (left == null) {
      throw new UnknownHostException(host);
    }
    return left.size() > 1 ? left.removeFirst() : left.getFirst();
  }
}
