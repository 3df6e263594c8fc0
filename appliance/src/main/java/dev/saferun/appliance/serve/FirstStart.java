package dev.saferun.appliance.serve;

import dev.saferun.auth.Bootstrap;
import dev.saferun.auth.IssuedKey;
import dev.saferun.platform.DataDirectory;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first start makes an organization and hands its admin key over in a file that only its owner
 * can read.
 */
@Singleton
final class FirstStart {

  private static final Logger LOG = LoggerFactory.getLogger(FirstStart.class);
  private static final String FILE = "bootstrap-key";

  private final Bootstrap bootstrap;
  private final DataDirectory data;

  FirstStart(Bootstrap bootstrap, DataDirectory data) {
    this.bootstrap = bootstrap;
    this.data = data;
  }

  void run() {
    boolean delivered = Files.exists(data.path().resolve(FILE), LinkOption.NOFOLLOW_LINKS);
    Optional<IssuedKey> key = bootstrap.firstStart(delivered).toCompletableFuture().join();
    key.ifPresent(
        issued -> {
          data.secret(FILE, () -> (issued.secret() + "\n").getBytes(StandardCharsets.US_ASCII));
          LOG.atInfo()
              .addKeyValue("file", data.path().resolve(FILE))
              .log("first start: the admin key is in this file; move it to a safe place");
        });
  }
}
