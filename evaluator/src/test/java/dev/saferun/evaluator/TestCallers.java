package dev.saferun.evaluator;

import dev.saferun.platform.Actor;
import dev.saferun.platform.Scope;
import io.micronaut.context.annotation.Factory;
import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.metrics.Meter;
import jakarta.inject.Singleton;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Stands in for the modules that are not here: a caller is who the header says. */
@Factory
final class TestCallers {

  static final String HEADER = "X-Test-Caller";

  static String header(Actor actor) {
    Scope scope = actor.scope();
    return String.join(
        " ",
        actor.kind().name(),
        actor.name(),
        scope.organizationId().toString(),
        String.valueOf(scope.projectId()),
        String.valueOf(scope.environmentId()));
  }

  private static Actor read(HttpRequest<?> request) {
    String[] parts = Objects.requireNonNull(request.getHeaders().get(HEADER)).split(" ", -1);
    Scope scope = new Scope(UUID.fromString(parts[2]), id(parts[3]), id(parts[4]));
    return new Actor(Actor.Kind.valueOf(parts[0]), new UUID(0, 1), parts[1], scope);
  }

  private static @Nullable UUID id(String text) {
    return text.equals("null") ? null : UUID.fromString(text);
  }

  @Singleton
  Meter meter() {
    return OpenTelemetry.noop().getMeter("test");
  }

  @Singleton
  static final class ActorBinder implements TypedRequestArgumentBinder<Actor> {

    @Override
    public Argument<Actor> argumentType() {
      return Argument.of(Actor.class);
    }

    @Override
    public BindingResult<Actor> bind(
        ArgumentConversionContext<Actor> context, HttpRequest<?> source) {
      return () -> Optional.of(read(source));
    }
  }

  @Singleton
  static final class ScopeBinder implements TypedRequestArgumentBinder<Scope> {

    @Override
    public Argument<Scope> argumentType() {
      return Argument.of(Scope.class);
    }

    @Override
    public BindingResult<Scope> bind(
        ArgumentConversionContext<Scope> context, HttpRequest<?> source) {
      return () -> Optional.of(read(source).scope());
    }
  }
}
