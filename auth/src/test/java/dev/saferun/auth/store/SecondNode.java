package dev.saferun.auth.store;

import dev.saferun.auth.keys.KeyHasher;
import dev.saferun.auth.keys.KeyIndex;
import dev.saferun.platform.ChangeFeed;
import dev.saferun.platform.DataDirectory;
import dev.saferun.platform.Database;
import dev.saferun.platform.LastGood;
import io.micronaut.context.ApplicationContext;
import java.time.Clock;

/** The index of another node on the same database: it learns of changes from the feed alone. */
public final class SecondNode {

  private SecondNode() {}

  /**
   * @param disk of that node
   */
  public static KeyIndex beside(ApplicationContext context, DataDirectory disk) {
    KeyIndex index = new KeyIndex(context.getBean(KeyHasher.class), Clock.systemUTC());
    new KeyLoader(
            context.getBean(Database.class),
            context.getBean(ChangeFeed.class),
            new KeyRows(),
            index,
            LastGood.in(disk, Clock.systemUTC()))
        .start();
    return index;
  }
}
