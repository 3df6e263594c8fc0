package dev.saferun.auth.http;

import dev.saferun.audit.Audited;
import dev.saferun.auth.AuthConfiguration;
import dev.saferun.auth.breakglass.BreakGlass;
import dev.saferun.auth.breakglass.BreakGlass.Attempt;
import dev.saferun.auth.breakglass.BreakGlass.Outcome;
import dev.saferun.platform.BodyFields;
import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.RequestId;
import dev.saferun.platform.RequiresPermission;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;

/** Where the break-glass account signs in: an address that no page links to. */
@Controller("/sign-in/{organization}/break-glass")
@Tag(name = "sign-in")
class BreakGlassSignIn {

  private static final int NAME_CHARACTERS_MAX = 320;
  private static final int CODE_CHARACTERS_MAX = 10;

  private final BreakGlass breakGlass;
  private final AuthConfiguration configuration;

  BreakGlassSignIn(BreakGlass breakGlass, AuthConfiguration configuration) {
    this.breakGlass = breakGlass;
    this.configuration = configuration;
  }

  /** JSON, which no form of another site can send. */
  @Post
  @RequiresPermission(none = "nobody is signed in yet")
  @Audited("login.break_glass")
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Operation(
      summary = "Sign in by the break-glass account",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = CredentialsBody.class))))
  HttpResponse<SignedIn> signIn(
      @Parameter(hidden = true) HttpRequest<?> request,
      UUID organization,
      @Parameter(hidden = true) @Body byte[] body) {
    Attempt attempt =
        attempt(request, organization, BodyFields.read(body, "user_name", "password", "code"));
    return switch (breakGlass.signIn(attempt)) {
      case Outcome.SignedIn signedIn -> {
        MutableHttpResponse<SignedIn> answer =
            HttpResponse.ok(new SignedIn(signedIn.session().expiresAt().toString()));
        Cookies.setSession(answer, signedIn.session().ticket(), configuration.sessionLife());
        yield answer;
      }
      case Outcome.Refused refused ->
          throw new ProblemException(
              CommonProblem.UNAUTHENTICATED, "the name, the password or the code is wrong");
      case Outcome.TooMany tooMany -> {
        RefusalHeaders.retryAfter(request, tooMany.waitNanos());
        throw new ProblemException(
            CommonProblem.TOO_MANY_REQUESTS, "too many tries; the header Retry-After says when");
      }
    };
  }

  private static Attempt attempt(HttpRequest<?> request, UUID organization, BodyFields fields) {
    return new Attempt(
        organization,
        required(fields, "user_name", NAME_CHARACTERS_MAX),
        required(fields, "password", BreakGlass.PASSWORD_CHARACTERS_MAX),
        required(fields, "code", CODE_CHARACTERS_MAX),
        RequestId.of(request),
        Caller.address(request),
        userAgent(request));
  }

  private static String required(BodyFields fields, String name, int charactersMax) {
    return fields.text(name, charactersMax).orElseThrow(() -> fields.absent(name));
  }

  static String userAgent(HttpRequest<?> request) {
    String agent = request.getHeaders().get(HttpHeaders.USER_AGENT);
    return agent == null ? "" : agent;
  }

  record CredentialsBody(String userName, String password, String code) {}

  record SignedIn(String expiresAt) {}
}
