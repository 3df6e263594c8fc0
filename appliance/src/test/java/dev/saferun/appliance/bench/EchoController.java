package dev.saferun.appliance.bench;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import java.util.Map;

/**
 * The anchor of the benchmark: the same server reads a JSON object and writes it back, and does
 * nothing else.
 */
@Controller("/bench")
@Requires(property = "saferun.bench.echo")
final class EchoController {

  @Post("/echo")
  Map<String, Object> echo(@Body Map<String, Object> body) {
    return body;
  }
}
