package dev.saferun.appliance.serve;

import dev.saferun.platform.RunningDatabase;
import java.sql.Connection;
import java.sql.SQLException;

/** The owner's connection to an appliance's database, for tests that alter what is stored. */
public final class OwnerOf {

  private OwnerOf() {}

  public static Connection connect(Appliance appliance) throws SQLException {
    return appliance.bean(RunningDatabase.class).ownerConnection();
  }

  /** A part of the appliance itself. */
  public static <T> T bean(Appliance appliance, Class<T> type) {
    return appliance.bean(type);
  }
}
