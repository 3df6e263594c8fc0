package dev.saferun.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Keys are changed while checks come in: none fails, and every frame is readable afterwards. */
class KeyRotationIT {

  private static final int CALLERS = 4;
  private static final int ROTATIONS = 20;
  private static final String REASON = "{\"reason\": \"to see that it is readable\"}";

  private final RunningAppliance appliance = RunningAppliance.get();
  private final Api admin = appliance.admin();
  private final String project = appliance.newProject();
  private final Api agent = appliance.agent(project, "production");

  @Test
  void noCheckFailsAndNoFrameBecomesUnreadable() throws Exception {
    AtomicBoolean rotated = new AtomicBoolean();
    AtomicInteger checks = new AtomicInteger();
    try (ExecutorService threads = Executors.newFixedThreadPool(CALLERS)) {
      List<Future<Integer>> callers =
          IntStream.range(0, CALLERS)
              .mapToObj(caller -> threads.submit(calling(caller, rotated, checks)))
              .toList();
      for (int i = 0; i < ROTATIONS; i++) {
        String which = i % 2 == 0 ? "data-key" : "encryption-key";
        Api.Answer answer = admin.post("/v1/keys/" + which + "/rotation", "");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      }
      rotated.set(true);
      int unreadable = 0;
      for (int caller = 0; caller < CALLERS; caller++) {
        unreadable += unreadable(caller, callers.get(caller).get());
      }
      System.out.printf(
          "%d rotations under load: %d checks, 0 failed, %d unreadable%n",
          ROTATIONS, checks.get(), unreadable);
      assertThat(unreadable).isZero();
      assertThat(checks.get()).isGreaterThan(ROTATIONS);
    }
  }

  private Callable<Integer> calling(int caller, AtomicBoolean rotated, AtomicInteger checks) {
    return () -> {
      int sent = 0;
      while (!rotated.get()) {
        Api.Answer answer = agent.post("/v1/check-action", call(caller, sent));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.body().get("recorded").asBoolean()).as(answer.text()).isTrue();
        sent++;
        checks.incrementAndGet();
      }
      return sent;
    };
  }

  private String call(int caller, int number) {
    return """
        {"run_id": "%s", "action": {"tool": "pay.look", "arguments": {"n": %d}},
         "context": {"user_request": "Please look at my order number %d"}}
        """
        .formatted(run(caller), number, number);
  }

  private String run(int caller) {
    return project + "-" + caller;
  }

  private int unreadable(int caller, int frames) {
    String path = "/v1/runs/" + run(caller);
    String grant = admin.post(path + "/reveal-grants", REASON).body().get("grant").asText();
    int unreadable = 0;
    for (int frame = 1; frame <= frames; frame++) {
      Api.Answer shown =
          admin.post(path + "/frames/" + frame + "/reveal", "{\"grant\":\"" + grant + "\"}");
      boolean whole = shown.text().contains("Please look at my order number " + (frame - 1) + "\"");
      unreadable += whole ? 0 : 1;
    }
    return unreadable;
  }
}
