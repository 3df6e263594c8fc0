package dev.saferun.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlatformBeansIT {

  @TempDir Path temporary;

  @Test
  void theBeansStartTheEmbeddedDatabaseInTheDataDirectory() throws Exception {
    long processId;
    try (ApplicationContext context =
        ApplicationContext.run(
            Map.of("saferun.data-dir", temporary.toString(), "saferun.database.pool-size", 3))) {
      DatabaseConfiguration configuration = context.getBean(DatabaseConfiguration.class);
      assertThat(configuration)
          .isEqualTo(
              new DatabaseConfiguration(
                  null,
                  null,
                  null,
                  null,
                  null,
                  3,
                  configuration.connectTimeout(),
                  configuration.startTimeout()));
      assertThat(configuration.startTimeout())
          .isEqualTo(DatabaseConfiguration.embedded().startTimeout());
      assertThat(configuration.connectTimeout())
          .isEqualTo(DatabaseConfiguration.embedded().connectTimeout());
      Database database = context.getBean(Database.class);
      assertThat(database.organizationIds().toCompletableFuture().get(10, TimeUnit.SECONDS))
          .isEmpty();
      assertThat(context.getBean(SecretKeyring.class).derive("a/b/v1")).hasSize(32);
      assertThat(context.getBean(ChangeFeed.class)).isNotNull();
      secretsAreThere(context);
      processId = context.getBean(RunningDatabase.class).serverProcessId().orElseThrow();
    }
    assertThat(ProcessHandle.of(processId)).isEmpty();
    assertThat(Files.exists(temporary.resolve("postgres/data/PG_VERSION"))).isTrue();
    DataDirectory.open(temporary).close();
  }

  private void secretsAreThere(ApplicationContext context) throws Exception {
    UUID organization = Ids.next(1);
    DataKeys keys = context.getBean(DataKeys.class);
    DataKey key = keys.fetch(organization).toCompletableFuture().get(10, TimeUnit.SECONDS);
    assertThat(keys.current(organization)).contains(key);
    assertThat(context.getBean(SecretsHealth.class).now().keeper()).isEqualTo("keyring");
    assertThat(context.getBean(KeyKeeper.class).name()).isEqualTo("keyring");
    assertThat(
            context
                .getBean(Secrets.class)
                .read("nothing", "here")
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS))
        .isEmpty();
    assertThat(
            context
                .getBean(KeyRotation.class)
                .rotate()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS))
        .isEqualTo(2);
  }
}
