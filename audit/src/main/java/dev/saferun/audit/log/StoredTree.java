package dev.saferun.audit.log;

import dev.saferun.audit.merkle.Subtrees;
import dev.saferun.audit.merkle.TreeHash;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/**
 * The tree in the database: each leaf, and of the nodes above every eighth level. What lies between
 * is made again from at most 128 rows.
 */
final class StoredTree {

  /** A node is kept at each level that this divides. */
  static final int LEVELS = 8;

  private static final String LEAVES =
      """
      select 0::smallint as level, leaf.index, leaf.hash
      from unnest($2::bigint[], $3::bigint[]) as asked (first, beyond)
      join audit.leaf on leaf.organization_id = $1
        and leaf.index >= asked.first and leaf.index < asked.beyond
      """;

  private static final String NODES =
      """
      select subtree.level, subtree.index, subtree.hash
      from unnest($2::smallint[], $3::bigint[], $4::bigint[]) as asked (level, first, beyond)
      join audit.subtree on subtree.organization_id = $1 and subtree.level = asked.level
        and subtree.index >= asked.first and subtree.index < asked.beyond
      """;

  private StoredTree() {}

  /** Makes something of whole subtrees. */
  @FunctionalInterface
  interface Maker<T> {
    T from(Subtrees subtrees);
  }

  /** A whole subtree. */
  private record Node(int level, long index) {

    /** The level of the rows that it is made of. */
    int keptLevel() {
      return level - level % LEVELS;
    }

    long first() {
      return index << level % LEVELS;
    }

    long beyond() {
      return (index + 1) << level % LEVELS;
    }
  }

  static boolean isKept(int level) {
    return level > 0 && level % LEVELS == 0;
  }

  /**
   * Makes something of the tree that needs a few of its subtrees, such as a proof. The maker is
   * called twice: to learn which, and with them.
   */
  static <T> CompletionStage<T> make(
      SqlConnection connection, UUID organizationId, Maker<T> maker) {
    Set<Node> asked = new LinkedHashSet<>();
    maker.from(
        (level, index) -> {
          asked.add(new Node(level, index));
          return new byte[TreeHash.BYTES];
        });
    return rows(connection, organizationId, asked)
        .thenApply(kept -> maker.from((level, index) -> root(kept, new Node(level, index))));
  }

  private static CompletionStage<Map<Node, byte[]>> rows(
      SqlConnection connection, UUID organizationId, Set<Node> asked) {
    Map<Node, byte[]> kept = new HashMap<>();
    Node[] low = asked.stream().filter(node -> node.level() < LEVELS).toArray(Node[]::new);
    Node[] high = asked.stream().filter(node -> node.level() >= LEVELS).toArray(Node[]::new);
    return connection
        .preparedQuery(LEAVES)
        .execute(Tuple.of(organizationId, firsts(low), beyonds(low)))
        .toCompletionStage()
        .thenCompose(
            leaves -> {
              put(kept, leaves);
              return connection
                  .preparedQuery(NODES)
                  .execute(Tuple.of(organizationId, levels(high), firsts(high), beyonds(high)))
                  .toCompletionStage();
            })
        .thenApply(
            nodes -> {
              put(kept, nodes);
              return kept;
            });
  }

  private static void put(Map<Node, byte[]> kept, RowSet<Row> rows) {
    rows.forEach(
        row -> kept.put(new Node(row.getShort(0), row.getLong(1)), row.getBuffer(2).getBytes()));
  }

  private static Short[] levels(Node[] nodes) {
    Short[] levels = new Short[nodes.length];
    for (int i = 0; i < nodes.length; i++) {
      levels[i] = (short) nodes[i].keptLevel();
    }
    return levels;
  }

  private static Long[] firsts(Node[] nodes) {
    Long[] firsts = new Long[nodes.length];
    for (int i = 0; i < nodes.length; i++) {
      firsts[i] = nodes[i].first();
    }
    return firsts;
  }

  private static Long[] beyonds(Node[] nodes) {
    Long[] beyonds = new Long[nodes.length];
    for (int i = 0; i < nodes.length; i++) {
      beyonds[i] = nodes[i].beyond();
    }
    return beyonds;
  }

  private static byte[] root(Map<Node, byte[]> kept, Node node) {
    if (node.level() == node.keptLevel()) {
      return Objects.requireNonNull(kept.get(node), "the log lacks a node of its tree");
    }
    return TreeHash.node(
        root(kept, new Node(node.level() - 1, node.index() * 2)),
        root(kept, new Node(node.level() - 1, node.index() * 2 + 1)));
  }
}
