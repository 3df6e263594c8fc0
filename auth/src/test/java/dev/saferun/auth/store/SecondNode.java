package dev.saferun.auth.store;

import dev.saferun.auth.keys.KeyHasher;
import dev.saferun.auth.keys.KeyIndex;
import dev.saferun.platform.ChangeFeed;
import dev.saferun.platform.Database;
import io.micronaut.context.ApplicationContext;
import java.time.Clock;

/** The index of another node on the same database: it learns of changes from the feed alone. */
public final class SecondNode {

  private SecondNode() {}

  public static KeyIndex beside(ApplicationContext context) {
    KeyIndex index = new KeyIndex(context.getBean(KeyHasher.class), Clock.systemUTC());
    new KeyLoader(
            context.getBean(Database.class),
            context.getBean(ChangeFeed.class),
            new KeyRows(),
            index)
        .start();
    return index;
  }
}
