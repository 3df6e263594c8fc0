package dev.saferun.evaluator;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FingerprintTest {

  /** They stand in frames: a change would make old frames and new ones strangers. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                   | chbpgpagoejlhbgbekpmhbiechbpgpag",
        "{'a':1}                              | kmfcmpnhncjnigfoekpmhbiekmfcmpnh",
        "{'a':[1.5,true,false,null,'x']}      | pencgdcekhdgoldgekpmhbiepencgdce",
        "{'a':{'b':'Müller, plan: annual – ✓'}} | mbggjjplbfhekodkekpmhbieindbngja",
      })
  void areTheseForEver(String arguments, String text) {
    Fingerprint fingerprint = Fingerprint.of(Policies.call("tool", arguments));
    assertThat(
            Fingerprints.text(
                fingerprint.call(),
                (long) fingerprint.tool() << Integer.SIZE | (fingerprint.outline() & 0xFFFFFFFFL)))
        .isEqualTo(text);
  }

  @Test
  void oneValueHasOneName() {
    assertThat(Fingerprint.ofTree(Map.of("a", 1L, "b", 2L)))
        .isEqualTo(Fingerprint.ofTree(Map.of("b", 2.0, "a", 1)));
    assertThat(Fingerprint.ofTree(-0.0)).isEqualTo(Fingerprint.ofTree(0L));
  }

  @Test
  void differentValuesHaveDifferentNames() {
    List<Object> trees =
        List.of(
            "",
            "a",
            "ab",
            "abcd",
            "abcde",
            "1",
            1L,
            1.5,
            2L,
            true,
            false,
            List.of(),
            Map.of(),
            List.of(1L, 2L),
            List.of(2L, 1L),
            List.of(List.of(1L), 2L),
            Map.of("a", 1L),
            Map.of("a", "1"),
            Map.of("a", 1L, "b", 2L),
            Map.of("a", 2L, "b", 1L),
            Map.of("a", Map.of("b", 1L)),
            Map.of("b", Map.of("a", 1L)),
            "\0",
            "\0\0");
    Set<Long> names = new HashSet<>();
    trees.forEach(tree -> names.add(Fingerprint.ofTree(tree)));
    assertThat(names).hasSize(trees.size());
  }

  /** Each bit of a number moves about half of the name's bits. */
  @Test
  void everyBitCounts() {
    for (int bit = 0; bit < 53; bit++) {
      long changed = Fingerprint.ofTree(12345L) ^ Fingerprint.ofTree(12345L ^ 1L << bit);
      assertThat(Long.bitCount(changed)).isBetween(14, 50);
    }
  }

  @Test
  void manyCallsHaveManyNames() {
    Set<Long> calls = new HashSet<>();
    for (int i = 0; i < 100_000; i++) {
      calls.add(Fingerprint.ofTree(Map.of("id", "cus_" + i, "page", (long) (i % 7))));
    }
    assertThat(calls).hasSize(100_000);
  }

  @Test
  void callsOfOneOutlineDifferInTheirProseOnly() {
    assertThat(outline("{'q':'refund policy','n':1}"))
        .isEqualTo(outline("{'q':'policy for refunds','n':1}"));
    assertThat(outline("{'q':'refund policy','n':1}"))
        .isNotEqualTo(outline("{'q':'refund policy','n':2}"));
    assertThat(outline("{'q':'refund'}")).isNotEqualTo(outline("{'q':'refunds'}"));
  }

  private static int outline(String arguments) {
    return Fingerprint.of(Policies.call("search", arguments)).outline();
  }

  /** The whole way of a clean call; what is left is the next state, which is kept. */
  @Test
  void theCleanPathAllocatesTheNextStateAndLittleMore() {
    PolicySnapshot policy = Policies.guarding("{}");
    Check[] calls = new Check[64];
    for (int i = 0; i < calls.length; i++) {
      calls[i] = Policies.call("read", "{'id':'cus_" + i + "','deep':{'a':[1,2,3],'b':'x y'}}");
    }
    RunState state = RunState.NEW;
    for (Check call : calls) {
      state = policy.after(call, state);
    }
    Check fresh = Policies.call("read", "{'id':'cus_new','deep':{'a':[1,2,3],'b':'x y'}}");
    long bytes = Long.MAX_VALUE;
    for (int round = 0; round < 20; round++) {
      bytes = Math.min(bytes, allocated(policy, fresh, state));
    }
    int ring = RecentCalls.CALLS_MAX * 3 * Long.BYTES;
    assertThat(bytes).isLessThan(ring + 800);
  }

  private static long allocated(PolicySnapshot policy, Check call, RunState state) {
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    int times = 2_000;
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < times; i++) {
      policy.evaluate(call, state);
    }
    return (threads.getCurrentThreadAllocatedBytes() - before) / times;
  }
}
