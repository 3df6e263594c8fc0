package dev.saferun.platform.database;

import dev.saferun.platform.ManagedEntities;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import java.net.URI;
import java.util.List;
import org.hibernate.boot.registry.StandardServiceRegistry;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.cfg.Configuration;
import org.hibernate.reactive.pool.impl.SqlClientPoolConfiguration;
import org.hibernate.reactive.provider.ReactiveServiceRegistryBuilder;
import org.hibernate.reactive.stage.Stage;
import org.hibernate.reactive.vertx.VertxInstance;
import org.hibernate.reactive.vertx.impl.ProvidedVertxInstance;

/** Makes Hibernate Reactive's session factory over the modules' entities and a pool of its own. */
final class Sessions {

  private Sessions() {}

  static Stage.SessionFactory open(
      Vertx vertx,
      DatabaseAddress address,
      SqlConnectOptions connectOptions,
      PoolOptions poolOptions,
      List<ManagedEntities> entities) {
    StandardServiceRegistry registry =
        new ReactiveServiceRegistryBuilder()
            .applySetting(AvailableSettings.JAKARTA_JDBC_URL, address.url())
            .applySetting(AvailableSettings.HBM2DDL_AUTO, "none")
            .addService(VertxInstance.class, new ProvidedVertxInstance(vertx))
            .addService(SqlClientPoolConfiguration.class, new Pooling(connectOptions, poolOptions))
            .build();
    Configuration configuration = new Configuration();
    entities.forEach(module -> module.classes().forEach(configuration::addAnnotatedClass));
    return configuration.buildSessionFactory(registry).unwrap(Stage.SessionFactory.class);
  }

  private record Pooling(SqlConnectOptions connectOptions, PoolOptions poolOptions)
      implements SqlClientPoolConfiguration {

    @Override
    public SqlConnectOptions connectOptions(URI uri) {
      return connectOptions;
    }
  }
}
