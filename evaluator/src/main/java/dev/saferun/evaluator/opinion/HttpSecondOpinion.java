package dev.saferun.evaluator.opinion;

import dev.saferun.evaluator.Check;
import dev.saferun.evaluator.Opinion;
import dev.saferun.evaluator.Opinion.Absent;
import dev.saferun.evaluator.Opinion.Outcome;
import dev.saferun.evaluator.SecondOpinion;
import dev.saferun.platform.CanonicalJson;
import io.micronaut.context.annotation.Requires;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks over HTTP, each question on a virtual thread of its own: the caller's thread does not even
 * write the body. It goes to the configured address and nowhere else: no redirect is followed and
 * no proxy asked. Neither question nor answer is logged.
 */
@Singleton
@Requires(property = SecondOpinionConfiguration.PREFIX + ".url")
final class HttpSecondOpinion implements SecondOpinion {

  private static final Logger LOG = LoggerFactory.getLogger(HttpSecondOpinion.class);
  private static final int OK = 200;

  private final URI address;
  private final Duration timeout;
  private final @Nullable String token;
  private final Semaphore places;
  private final Patience patience;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("second-opinion-", 0).factory());
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .proxy(HttpClient.Builder.NO_PROXY)
          .executor(threads)
          .build();

  @Inject
  HttpSecondOpinion(SecondOpinionConfiguration configuration) {
    this(configuration, System::nanoTime);
  }

  HttpSecondOpinion(SecondOpinionConfiguration configuration, LongSupplier nanoTime) {
    this.address = configuration.address().orElseThrow();
    this.timeout = configuration.timeout();
    this.token = configuration.token();
    this.places = new Semaphore(configuration.concurrencyMax());
    this.patience = new Patience(nanoTime);
  }

  @Override
  public CompletionStage<Opinion> ask(Check check) {
    if (!places.tryAcquire()) {
      return CompletableFuture.completedStage(new Absent(Outcome.BUSY));
    }
    if (patience.rests()) {
      places.release();
      return CompletableFuture.completedStage(new Absent(Outcome.RESTING));
    }
    CompletableFuture<Opinion> opinion = new CompletableFuture<>();
    Future<?> exchange = threads.submit(() -> opinion.complete(exchange(check)));
    return opinion
        .completeOnTimeout(new Absent(Outcome.TIMED_OUT), timeout.toNanos(), TimeUnit.NANOSECONDS)
        .whenCompleteAsync((said, fault) -> end(said, exchange), threads);
  }

  private void end(Opinion said, Future<?> exchange) {
    exchange.cancel(true);
    places.release();
    switch (said) {
      case Opinion.Given given -> {
        if (patience.answered()) {
          LOG.info("the second opinion answers again");
        }
      }
      case Absent absent -> {
        if (patience.failed()) {
          LOG.atWarn()
              .addKeyValue("outcome", absent.outcome().wire())
              .addKeyValue("detail", absent.detail())
              .addKeyValue("rest", OpinionLimits.REST)
              .log("the second opinion failed several times in a row and is left alone");
        }
      }
    }
  }

  private Opinion exchange(Check check) {
    try {
      HttpResponse<Optional<byte[]>> answer =
          http.send(question(check), head -> new BoundedBody(OpinionLimits.ANSWER_BYTES_MAX));
      return answer.statusCode() == OK
          ? OpinionAnswer.read(answer.body())
          : new Absent(Outcome.REFUSED, "HTTP status " + answer.statusCode());
    } catch (IOException fault) {
      return new Absent(Outcome.UNREACHABLE, fault.getClass().getSimpleName());
    } catch (InterruptedException nobodyWaits) {
      Thread.currentThread().interrupt();
      return new Absent(Outcome.TIMED_OUT);
    }
  }

  private HttpRequest question(Check check) {
    Map<String, @Nullable Object> question = new LinkedHashMap<>();
    question.put("run_id", check.runId());
    question.put("agent", check.agent());
    question.put("action", check.action());
    question.put("context", check.context());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/json")
            .header("Accept", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(CanonicalJson.write(question)));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return request.build();
  }

  /** What is under way is broken off. */
  @PreDestroy
  void close() {
    http.shutdownNow();
    threads.shutdownNow();
  }
}
