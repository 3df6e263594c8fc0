package dev.saferun.platform;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Prints what sealing and opening a value costs, and the same with a cipher kept for each thread.
 * Each line is the best of several rounds, after a warm-up. Run its {@code main} from the test
 * classes; it asserts nothing.
 */
public final class EnvelopeBenchmark {

  private static final int ROUNDS = 15;
  private static final int CALLS = 20_000;
  private static final byte[] PLACE = new byte[64];
  private static final DataKey KEY =
      new DataKey(new UUID(0, 1), new SecretKeySpec(Ids.secret(32), "AES"));
  private static final ThreadLocal<Cipher> KEPT =
      ThreadLocal.withInitial(EnvelopeBenchmark::cipher);

  private EnvelopeBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    for (int threads : new int[] {1, 2}) {
      for (int size : new int[] {32, 256, 4_096}) {
        byte[] plain = Ids.secret(size);
        byte[] sealed = Envelope.seal(KEY, plain, PLACE);
        System.out.printf("%d bytes, %d threads%n", size, threads);
        print("seal", threads, () -> Envelope.seal(KEY, plain, PLACE).length);
        print("seal, cipher kept", threads, () -> kept(plain).length);
        print("open", threads, () -> Envelope.open(KEY, sealed, PLACE).length);
        print("nonce alone", threads, () -> Ids.secret(12).length);
      }
    }
  }

  private static byte[] kept(byte[] plain) throws GeneralSecurityException {
    Cipher cipher = KEPT.get();
    cipher.init(Cipher.ENCRYPT_MODE, KEY.key(), new GCMParameterSpec(128, Ids.secret(12)));
    cipher.updateAAD(PLACE);
    return cipher.doFinal(plain);
  }

  private static Cipher cipher() {
    try {
      return Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException fault) {
      throw new IllegalStateException(fault);
    }
  }

  private static void print(String name, int threads, Callable<Integer> work) throws Exception {
    double best = Double.MAX_VALUE;
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      for (int round = 0; round < ROUNDS; round++) {
        long start = System.nanoTime();
        List<Future<Long>> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
          running.add(executor.submit(() -> calls(work)));
        }
        for (Future<Long> one : running) {
          one.get();
        }
        best = Math.min(best, (System.nanoTime() - start) / 1e3 / CALLS);
      }
    }
    System.out.printf("  %-20s %7.2f micros%n", name, best);
  }

  private static long calls(Callable<Integer> work) throws Exception {
    long sum = 0;
    for (int call = 0; call < CALLS; call++) {
      sum += work.call();
    }
    return sum;
  }
}
