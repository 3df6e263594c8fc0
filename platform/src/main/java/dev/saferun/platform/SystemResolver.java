package dev.saferun.platform;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks the machine. A name server that does not answer holds a look-up for as long as the machine's
 * settings say, which may be minutes: the caller does not wait for that.
 */
final class SystemResolver implements Resolver {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  @Override
  public List<InetAddress> resolve(String host) throws UnknownHostException {
    FutureTask<List<InetAddress>> lookUp =
        new FutureTask<>(() -> List.of(InetAddress.getAllByName(host)));
    Thread.ofVirtual().name("look-up").start(lookUp);
    try {
      return lookUp.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException unknown) {
      throw new UnknownHostException(host);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new UnknownHostException(host);
    }
  }
}
