package dev.saferun.auth.http;

import dev.saferun.audit.Audited;
import dev.saferun.auth.AuthConfiguration;
import dev.saferun.auth.keys.FailureLimit;
import dev.saferun.auth.saml.ReceivedMessage;
import dev.saferun.auth.signin.Arrivals;
import dev.saferun.auth.signin.Arrivals.Arrival;
import dev.saferun.auth.signin.Arrivals.Browser;
import dev.saferun.auth.signin.Claims;
import dev.saferun.auth.signin.Connection;
import dev.saferun.auth.signin.Connections;
import dev.saferun.auth.signin.Domains;
import dev.saferun.auth.signin.Domains.Door;
import dev.saferun.auth.signin.Flows;
import dev.saferun.auth.signin.Flows.Flow;
import dev.saferun.auth.signin.OidcSignIn;
import dev.saferun.auth.signin.Protocol;
import dev.saferun.auth.signin.ProviderLogouts;
import dev.saferun.auth.signin.SamlSignIn;
import dev.saferun.auth.signin.SamlSignIn.Logout;
import dev.saferun.auth.signin.SignInAddresses;
import dev.saferun.platform.CommonProblem;
import dev.saferun.platform.Database;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.RequestId;
import dev.saferun.platform.RequiresPermission;
import dev.saferun.platform.Transaction;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where browsers and identity providers come in. Each method blocks on a virtual thread: it asks a
 * provider between two transactions and never within one.
 */
@Controller("/sign-in")
@Tag(name = "sign-in")
@ExecuteOn(TaskExecutors.BLOCKING)
class SignInController {

  private static final String FLOW = "__Host-saferun-flow";
  private static final String NOBODY = "nobody is signed in yet";
  private static final String PROVIDER = "the provider's signature says who speaks";

  /**
   * Nobody has to be anybody to come here, and each who begins or fails leaves a row: a source may
   * do so often, and then twice a second.
   */
  private static final Duration TRY_FORGOTTEN = Duration.ofMillis(500);

  private static final int TRIES_BURST = 120;

  private final FailureLimit tries = new FailureLimit(TRY_FORGOTTEN, TRIES_BURST);
  private final Database database;
  private final Connections connections;
  private final Domains domains;
  private final Flows flows;
  private final Arrivals arrivals;
  private final ProviderLogouts logouts;
  private final OidcSignIn oidc;
  private final SamlSignIn saml;
  private final Trials trials;
  private final SignInAddresses addresses;
  private final AuthConfiguration configuration;

  SignInController(
      Database database,
      Connections connections,
      Domains domains,
      Flows flows,
      Arrivals arrivals,
      ProviderLogouts logouts,
      OidcSignIn oidc,
      SamlSignIn saml,
      Trials trials,
      SignInAddresses addresses,
      AuthConfiguration configuration) {
    this.database = database;
    this.connections = connections;
    this.domains = domains;
    this.flows = flows;
    this.arrivals = arrivals;
    this.logouts = logouts;
    this.oidc = oidc;
    this.saml = saml;
    this.trials = trials;
    this.addresses = addresses;
    this.configuration = configuration;
  }

  /** A connection with its secrets opened. */
  private record Opened(Connection connection, Map<String, String> secrets) {

    /** Without the secrets. */
    @Override
    public String toString() {
      return "Opened[" + connection.id() + "]";
    }
  }

  @Get
  @Produces(MediaType.TEXT_HTML)
  @RequiresPermission(none = NOBODY)
  @Operation(summary = "The page on which people say where they sign in")
  MutableHttpResponse<String> page(@QueryValue("return_to") @Nullable String returnTo) {
    return Pages.signIn(ReturnTo.of(returnTo), "");
  }

  @Get("/find")
  @Produces(MediaType.TEXT_HTML)
  @RequiresPermission(none = NOBODY)
  @Operation(summary = "Go to where the people of an e-mail address sign in")
  MutableHttpResponse<String> find(
      @QueryValue String email, @QueryValue("return_to") @Nullable String returnTo) {
    String back = ReturnTo.of(returnTo);
    Optional<Door> door =
        Domains.ofEmail(email.strip()).flatMap(domain -> Transaction.join(domains.door(domain)));
    return door.map(
            found ->
                Pages.seeOther(
                    addresses.begin(found.organizationId(), found.connectionId())
                        + "?return_to="
                        + URLEncoder.encode(back, StandardCharsets.UTF_8)))
        .orElseGet(() -> Pages.signIn(back, "Nobody of this appliance signs in by that address."));
  }

  @Get("/{organization}/{connection}")
  @Produces(MediaType.TEXT_HTML)
  @RequiresPermission(none = NOBODY)
  @Operation(summary = "Begin to sign in by a connection")
  MutableHttpResponse<String> begin(
      @Parameter(hidden = true) HttpRequest<?> request,
      UUID organization,
      UUID connection,
      @QueryValue("return_to") @Nullable String returnTo,
      @QueryValue @Nullable String trial) {
    Optional<Opened> opened = opened(request, organization, connection);
    tries.failed(Caller.address(request), System.nanoTime());
    boolean tries = trial != null && trials.isGood(connection, trial);
    if (opened.filter(one -> tries || one.connection().enabled()).isEmpty()) {
      return absent(request);
    }
    return switch (opened.get().connection().protocol()) {
      case OIDC -> beginOidc(request, opened.get(), ReturnTo.of(returnTo), tries);
      case SAML -> beginSaml(opened.get(), ReturnTo.of(returnTo), tries);
    };
  }

  private MutableHttpResponse<String> beginOidc(
      HttpRequest<?> request, Opened opened, String returnTo, boolean tries) {
    return switch (oidc.begin(opened.connection(), opened.secrets())) {
      case OidcSignIn.Begun.Sent sent -> {
        MutableHttpResponse<String> answer = Pages.seeOther(sent.location());
        keep(answer, opened.connection(), new Flow(sent.state(), returnTo, tries), "Lax");
        yield answer;
      }
      case OidcSignIn.Begun.Refused refused ->
          refused(request, opened.connection(), null, refused.why());
    };
  }

  private MutableHttpResponse<String> beginSaml(Opened opened, String returnTo, boolean tries) {
    SamlSignIn.Begun begun = saml.begin(opened.connection(), opened.secrets());
    MutableHttpResponse<String> answer = Pages.deliver(begun.delivery());
    // The identity provider's page posts back to us, and another site's page sends no Lax cookie.
    keep(answer, opened.connection(), new Flow(begun.state(), returnTo, tries), "None");
    return answer;
  }

  private void keep(
      MutableHttpResponse<?> answer, Connection connection, Flow flow, String sameSite) {
    String handle = Flows.newHandle();
    in(
        connection.organizationId(),
        transaction -> {
          flows.begin(transaction, connection.id(), handle, flow);
          return handle;
        });
    Cookies.set(answer, FLOW, handle, Flows.LIFE, sameSite);
  }

  @Get("/{organization}/{connection}/callback")
  @Produces(MediaType.TEXT_HTML)
  @RequiresPermission(none = NOBODY)
  @Audited("login.succeeded")
  @Operation(summary = "Come back from an OpenID provider")
  MutableHttpResponse<String> callback(
      @Parameter(hidden = true) HttpRequest<?> request, UUID organization, UUID connection) {
    Optional<Opened> opened = opened(request, organization, connection);
    if (opened.isEmpty()) {
      return absent(request);
    }
    Optional<Flow> flow = taken(request, opened.get().connection());
    if (flow.isEmpty()) {
      return refused(
          request,
          opened.get().connection(),
          null,
          "this browser has not begun to sign in, or took too long");
    }
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    request.getParameters().forEach(parameters::put);
    return switch (oidc.finish(
        opened.get().connection(), opened.get().secrets(), flow.get().state(), parameters)) {
      case OidcSignIn.Ended.Verified verified ->
          arrived(
              request, opened.get().connection(), flow.get(), verified.claims(), Optional.empty());
      case OidcSignIn.Ended.Refused refused ->
          refused(request, opened.get().connection(), null, refused.why());
    };
  }

  @Post("/{organization}/{connection}/acs")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.TEXT_HTML)
  @RequiresPermission(none = NOBODY)
  @Audited("login.succeeded")
  @Operation(summary = "Come back from a SAML identity provider")
  MutableHttpResponse<String> assertion(
      @Parameter(hidden = true) HttpRequest<?> request,
      UUID organization,
      UUID connection,
      @Body("SAMLResponse") @Nullable String response) {
    Optional<Opened> opened = opened(request, organization, connection);
    if (opened.isEmpty()) {
      return absent(request);
    }
    Optional<Flow> flow = taken(request, opened.get().connection());
    SamlSignIn.Ended ended =
        saml.finish(
            opened.get().connection(),
            opened.get().secrets(),
            flow.map(Flow::state),
            response == null ? "" : response);
    return switch (ended) {
      case SamlSignIn.Ended.Verified verified ->
          arrived(
              request,
              opened.get().connection(),
              flow.orElseGet(() -> new Flow(Map.of(), ReturnTo.of(null), false)),
              verified.claims(),
              Optional.of(verified));
      case SamlSignIn.Ended.Refused refused ->
          refused(request, opened.get().connection(), null, refused.why());
    };
  }

  private MutableHttpResponse<String> arrived(
      HttpRequest<?> request,
      Connection connection,
      Flow flow,
      Claims claims,
      Optional<SamlSignIn.Ended.Verified> once) {
    Browser browser = browser(request);
    Arrival arrival =
        in(
            connection.organizationId(),
            transaction -> {
              if (once.isPresent()
                  && !flows.spend(
                      transaction,
                      connection.id(),
                      once.get().assertionId(),
                      once.get().rememberUntil())) {
                return arrivals.refused(
                    transaction, connection, claims, browser, "this assertion was used before");
              }
              return flow.trial()
                  ? arrivals.tried(transaction, connection, claims, browser)
                  : arrivals.arrive(transaction, connection, claims, browser);
            });
    return answer(request, flow, arrival);
  }

  private MutableHttpResponse<String> answer(HttpRequest<?> request, Flow flow, Arrival arrival) {
    MutableHttpResponse<String> answer =
        switch (arrival) {
          case Arrival.SignedIn signedIn -> {
            MutableHttpResponse<String> in = Pages.seeOther(flow.returnTo());
            Cookies.setSession(in, signedIn.session().ticket(), configuration.sessionLife());
            yield in;
          }
          case Arrival.Tried tried ->
              Pages.message(
                  HttpStatus.OK,
                  "It works",
                  "The provider says that you are " + tried.claims().subject() + ".",
                  RequestId.of(request));
          case Arrival.Refused refused ->
              Pages.message(
                  HttpStatus.FORBIDDEN, "Not signed in", refused.why(), RequestId.of(request));
        };
    Cookies.set(answer, FLOW, "", Duration.ZERO, "Lax");
    return answer;
  }

  @Get("/{organization}/{connection}/metadata")
  @Produces("application/samlmetadata+xml")
  @RequiresPermission(none = "it is for the identity provider to read")
  @Operation(summary = "Our metadata, for a SAML identity provider")
  HttpResponse<?> metadata(
      @Parameter(hidden = true) HttpRequest<?> request, UUID organization, UUID connection) {
    Optional<Opened> opened =
        opened(request, organization, connection).filter(SignInController::isSaml);
    return opened.isEmpty()
        ? absent(request)
        : HttpResponse.ok(saml.metadata(opened.get().connection(), opened.get().secrets()));
  }

  private static boolean isSaml(Opened opened) {
    return opened.connection().protocol() == Protocol.SAML;
  }

  @Get("/{organization}/{connection}/slo")
  @Produces(MediaType.TEXT_HTML)
  @RequiresPermission(none = PROVIDER)
  @Operation(summary = "A logout message of a SAML identity provider, in the address")
  MutableHttpResponse<String> logoutByQuery(
      @Parameter(hidden = true) HttpRequest<?> request, UUID organization, UUID connection) {
    String query = request.getUri().getRawQuery();
    return logout(
        request, organization, connection, new ReceivedMessage.Query(query == null ? "" : query));
  }

  @Post("/{organization}/{connection}/slo")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.TEXT_HTML)
  @RequiresPermission(none = PROVIDER)
  @Audited("logout.by_provider")
  @Operation(summary = "A logout message of a SAML identity provider, in a form")
  MutableHttpResponse<String> logoutByForm(
      @Parameter(hidden = true) HttpRequest<?> request,
      UUID organization,
      UUID connection,
      @Body("SAMLRequest") @Nullable String asks,
      @Body("SAMLResponse") @Nullable String answers,
      @Body("RelayState") @Nullable String relayState) {
    return logout(
        request, organization, connection, new ReceivedMessage.Form(asks, answers, relayState));
  }

  private MutableHttpResponse<String> logout(
      HttpRequest<?> request, UUID organization, UUID connection, ReceivedMessage message) {
    Optional<Opened> opened =
        opened(request, organization, connection).filter(SignInController::isSaml);
    if (opened.isEmpty()) {
      return absent(request);
    }
    return switch (saml.read(opened.get().connection(), opened.get().secrets(), message)) {
      case Logout.Asked asked -> {
        boolean first = logouts.end(opened.get().connection(), asked, browser(request));
        yield first
            ? Pages.deliver(asked.answer())
            : refused(request, opened.get().connection(), null, "this message was used before");
      }
      case Logout.Answered answered ->
          Pages.message(
              HttpStatus.OK,
              "Signed out",
              "You are signed out here and at your identity provider.",
              RequestId.of(request));
      case Logout.Refused refused ->
          refused(request, opened.get().connection(), null, refused.why());
    };
  }

  @Post("/{organization}/{connection}/backchannel-logout")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @RequiresPermission(none = PROVIDER)
  @Audited("logout.by_provider")
  @Operation(summary = "A logout token of an OpenID provider")
  HttpResponse<?> backChannelLogout(
      @Parameter(hidden = true) HttpRequest<?> request,
      UUID organization,
      UUID connection,
      @Body("logout_token") @Nullable String token) {
    Optional<Opened> opened = opened(request, organization, connection).filter(one -> !isSaml(one));
    boolean ended =
        opened.isPresent()
            && oidc.loggedOut(
                    opened.get().connection(), opened.get().secrets(), token == null ? "" : token)
                .filter(out -> logouts.end(opened.get().connection(), out, browser(request)))
                .isPresent();
    if (!ended) {
      tries.failed(Caller.address(request), System.nanoTime());
    }
    return ended ? HttpResponse.ok() : HttpResponse.badRequest(Map.of("error", "invalid_request"));
  }

  private Optional<Opened> opened(HttpRequest<?> request, UUID organization, UUID connection) {
    long wait = tries.wait(Caller.address(request), System.nanoTime());
    if (wait > 0) {
      RefusalHeaders.retryAfter(request, wait);
      throw new ProblemException(
          CommonProblem.TOO_MANY_REQUESTS, "too many tries; the header Retry-After says when");
    }
    return in(
        organization,
        transaction ->
            connections
                .find(transaction, connection)
                .map(one -> new Opened(one, connections.secrets(transaction, one))));
  }

  private Optional<Flow> taken(HttpRequest<?> request, Connection connection) {
    return Cookies.of(request, FLOW)
        .flatMap(
            handle ->
                in(
                    connection.organizationId(),
                    transaction -> flows.take(transaction, connection.id(), handle)));
  }

  private MutableHttpResponse<String> refused(
      HttpRequest<?> request, Connection connection, @Nullable Claims claims, String why) {
    tries.failed(Caller.address(request), System.nanoTime());
    in(
        connection.organizationId(),
        transaction -> arrivals.refused(transaction, connection, claims, browser(request), why));
    return Pages.message(HttpStatus.FORBIDDEN, "Not signed in", why, RequestId.of(request));
  }

  private static MutableHttpResponse<String> absent(HttpRequest<?> request) {
    return Pages.message(
        HttpStatus.NOT_FOUND,
        "Nothing here",
        "Nobody signs in at this address.",
        RequestId.of(request));
  }

  private static Browser browser(HttpRequest<?> request) {
    return new Browser(
        RequestId.of(request), Caller.address(request), BreakGlassSignIn.userAgent(request));
  }

  private <T> T in(UUID organization, Function<Transaction, T> work) {
    return Transaction.join(Transaction.in(database, organization, work));
  }
}
