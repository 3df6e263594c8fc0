package dev.saferun.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A thousand connections that send a request a byte at a time, and never the whole of it. */
class SlowConnectionsIT {

  private static final int CONNECTIONS = 1_000;
  private static final int ROUNDS = 20;
  private static final String HEAD =
      "POST /v1/check-action HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n{\"run_id\": \"";

  @Test
  void allOthersAreAnswered() throws Exception {
    RunningAppliance running = RunningAppliance.get();
    Api agent = running.agent(running.newProject(), "production");
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < CONNECTIONS; i++) {
        slow.add(new Socket(agent.base().getHost(), agent.base().getPort()));
      }
      int answered = 0;
      for (int round = 0; round < ROUNDS; round++) {
        drip(slow, round);
        answered += check(agent);
      }
      assertThat(answered).as("healthy requests answered").isEqualTo(ROUNDS);
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  /** A server that closes a connection meanwhile has done what it should. */
  private static void drip(List<Socket> slow, int round) {
    byte[] bytes = HEAD.getBytes(StandardCharsets.US_ASCII);
    for (Socket socket : slow) {
      try {
        socket.getOutputStream().write(bytes[round]);
      } catch (IOException closed) {
        // One less to wait for.
      }
    }
  }

  private static int check(Api agent) {
    Api.Answer answer =
        agent.post(
            "/v1/check-action",
            "{\"run_id\": \"%s\", \"action\": {\"tool\": \"mail.send\", \"arguments\": {}}}"
                .formatted(UUID.randomUUID()));
    return answer.status() == 200 ? 1 : 0;
  }
}
