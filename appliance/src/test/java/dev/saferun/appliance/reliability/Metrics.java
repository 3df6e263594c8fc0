package dev.saferun.appliance.reliability;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Reads one metric of a running appliance. */
public final class Metrics {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private Metrics() {}

  public static double read(ApplianceProcess appliance, String name)
      throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(appliance.managementUri("/metrics")).build();
    return HTTP.send(request, HttpResponse.BodyHandlers.ofLines())
        .body()
        .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
