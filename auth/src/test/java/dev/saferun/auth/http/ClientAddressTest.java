package dev.saferun.auth.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saferun.auth.AuthConfiguration;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A request that is made by hand comes from this machine, which is a proxy here. */
class ClientAddressTest {

  private static ClientAddress trusting(String... proxies) {
    return new ClientAddress(
        new AuthConfiguration(
            "https://saferun.example.com",
            Duration.ofHours(1),
            Duration.ofHours(12),
            null,
            List.of(proxies)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "203.0.113.9 | 203.0.113.9",
        "6.6.6.6, 203.0.113.9 | 203.0.113.9",
        "203.0.113.9, 10.0.0.7 | 203.0.113.9",
        "203.0.113.9, 10.0.0.7, 10.0.0.8 | 203.0.113.9",
        "10.0.0.6, 10.0.0.7 | 10.0.0.6",
        "2001:db8::1 | 2001:db8::1",
        "nonsense | 127.0.0.1",
        "203.0.113.9, nonsense | 127.0.0.1",
        "203.0.113.9, <script> , 10.0.0.7 | 10.0.0.7"
      })
  void theNearestTrustedProxyIsBelieved(String header, String address) {
    assertThat(seen(trusting("127.0.0.0/8", "::1/128", "10.0.0.0/8"), header)).isEqualTo(address);
  }

  @ParameterizedTest
  @CsvSource({"203.0.113.9", "10.0.0.7"})
  void nobodyElseIs(String header) {
    assertThat(seen(trusting("10.0.0.0/8"), header)).isEqualTo("127.0.0.1");
    assertThat(seen(trusting(), header)).isEqualTo("127.0.0.1");
  }

  private static String seen(ClientAddress filter, String header) {
    MutableHttpRequest<?> request = HttpRequest.GET("http://127.0.0.1/v1/projects");
    request.header("X-Forwarded-For", header);
    filter.note(request);
    return ClientAddress.of(request);
  }
}
