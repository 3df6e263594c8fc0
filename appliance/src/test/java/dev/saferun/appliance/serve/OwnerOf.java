package dev.saferun.appliance.serve;

import dev.saferun.platform.Database;
import dev.saferun.platform.RunningDatabase;
import java.sql.Connection;
import java.sql.SQLException;

/** The owner's connection to an appliance's database, for tests that alter what is stored. */
public final class OwnerOf {

  private OwnerOf() {}

  public static Connection connect(Appliance appliance) throws SQLException {
    return appliance.bean(RunningDatabase.class).ownerConnection();
  }

  /** The application's own way to it. */
  public static Database database(Appliance appliance) {
    return appliance.bean(Database.class);
  }
}
