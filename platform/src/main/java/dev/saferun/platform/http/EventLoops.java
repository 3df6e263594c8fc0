package dev.saferun.platform.http;

import dev.saferun.platform.RequestThreads;
import io.micronaut.http.netty.channel.EventLoopGroupRegistry;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import jakarta.inject.Singleton;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;

/** The server's event loops. */
@Singleton
final class EventLoops implements RequestThreads {

  private final EventLoopGroup group;

  EventLoops(EventLoopGroupRegistry registry) {
    this.group = registry.getDefaultEventLoopGroup();
  }

  @Override
  public Executor here() {
    for (EventExecutor loop : group) {
      if (loop.inEventLoop()) {
        return loop;
      }
    }
    return ForkJoinPool.commonPool();
  }
}
