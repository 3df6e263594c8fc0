package dev.saferun.auth.http;

import dev.saferun.platform.Actor;
import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.RequestId;
import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Gives a controller the actor that the filter found, acting in this request; where there is none,
 * nobody gets in.
 */
@Singleton
class ActorBinder implements TypedRequestArgumentBinder<Actor> {

  @Override
  public Argument<Actor> argumentType() {
    return Argument.of(Actor.class);
  }

  @Override
  public BindingResult<Actor> bind(
      ArgumentConversionContext<Actor> context, HttpRequest<?> source) {
    Optional<Actor> actor =
        Optional.of(require(source).inRequest(RequestId.of(source), KeyFilter.address(source)));
    return () -> actor;
  }

  static Actor require(HttpRequest<?> source) {
    return source
        .getAttribute(KeyFilter.ACTOR, Actor.class)
        .orElseThrow(
            () ->
                new ProblemException(
                    CommonProblem.UNAUTHENTICATED, "this address cannot be reached this way"));
  }
}
