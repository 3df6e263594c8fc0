package dev.saferun.redaction;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * All paths of a policy in one trie, walked together with the document. A {@link Place} is the set
 * of trie nodes that a place in the document has reached. Steps that were taken once are
 * remembered, so for the names that documents repeat a step is one hash look-up and allocates
 * nothing; what is remembered is bounded, and never changes an answer.
 */
final class PathTrie {

  /** Names whose step is remembered, in the whole trie; names are a customer's and never end. */
  private static final int REMEMBERED_MAX = 16_384;

  /** Longer names are looked up anew each time. */
  private static final int REMEMBERED_CHARACTERS_MAX = 64;

  private final Place root;
  private final Map<List<Node>, Place> places = new ConcurrentHashMap<>();
  private final AtomicInteger remembered = new AtomicInteger();

  private PathTrie(Node root) {
    this.root = place(List.of(root));
  }

  /** The place of these nodes; the same one each time, as long as there is room to remember it. */
  private Place place(List<Node> reached) {
    List<Node> all = closed(reached);
    Place known = places.get(all);
    if (known != null) {
      return known;
    }
    Place place = new Place(all);
    if (remembered.get() < REMEMBERED_MAX) {
      remembered.incrementAndGet();
      Place earlier = places.putIfAbsent(all, place);
      return earlier == null ? place : earlier;
    }
    return place;
  }

  /** With each node, what stands behind a {@code **} that may match nothing. */
  private static List<Node> closed(List<Node> reached) {
    List<Node> all = new ArrayList<>();
    for (Node node : reached) {
      for (Node next = node; next != null && !all.contains(next); next = next.anyNumber) {
        all.add(next);
      }
    }
    return all;
  }

  static PathTrie of(List<RedactionRules> layers) {
    Node root = new Node(false);
    for (int layer = 0; layer < layers.size(); layer++) {
      for (PathRule rule : layers.get(layer).paths()) {
        Node node = root;
        for (PathPattern.Segment segment :
            PathPattern.parse(rule.path(), rule.anyCase()).segments()) {
          node = node.child(segment, rule.anyCase());
        }
        node.rule = stronger(node.rule, rule);
        node.layers |= 1 << layer;
      }
    }
    return new PathTrie(root);
  }

  /** Where the document as a whole stands. */
  Place root() {
    return root;
  }

  /** The one that hides more; of two that hide the same, the one declared first. */
  private static @Nullable PathRule stronger(@Nullable PathRule one, @Nullable PathRule other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return other.action().strength() > one.action().strength() ? other : one;
  }

  private record GlobEdge(PathPattern.Segment.Glob glob, boolean anyCase, Node to) {

    /** Whether an element's index could match: nothing but digits is asked for. */
    boolean takesIndexes() {
      return glob.parts().stream().allMatch(PathTrie::isDigits);
    }
  }

  private static boolean isDigits(String name) {
    return name.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static final class Node {

    private final boolean stays;
    private final Map<String, Node> exact = new HashMap<>();
    private final Map<String, Node> anyCase = new HashMap<>();
    private final List<GlobEdge> globs = new ArrayList<>();
    private @Nullable Node anyOne;
    private @Nullable Node anyNumber;
    private @Nullable PathRule rule;
    private int layers;

    /**
     * @param stays whether the node is still reached after any further step, as behind {@code **}
     */
    Node(boolean stays) {
      this.stays = stays;
    }

    Node child(PathPattern.Segment segment, boolean ignoreCase) {
      return switch (segment) {
        case PathPattern.Segment.Name name ->
            (ignoreCase ? anyCase : exact).computeIfAbsent(name.name(), key -> new Node(false));
        case PathPattern.Segment.Glob glob -> globChild(glob, ignoreCase);
        case PathPattern.Segment.AnyOne any -> {
          Node node = anyOne == null ? new Node(false) : anyOne;
          anyOne = node;
          yield node;
        }
        case PathPattern.Segment.AnyNumber any -> {
          Node node = anyNumber == null ? new Node(true) : anyNumber;
          anyNumber = node;
          yield node;
        }
      };
    }

    private Node globChild(PathPattern.Segment.Glob glob, boolean ignoreCase) {
      for (GlobEdge edge : globs) {
        if (edge.anyCase() == ignoreCase && edge.glob().equals(glob)) {
          return edge.to();
        }
      }
      GlobEdge edge = new GlobEdge(glob, ignoreCase, new Node(false));
      globs.add(edge);
      return edge.to();
    }

    boolean takesIndexes() {
      return exact.keySet().stream().anyMatch(PathTrie::isDigits)
          || anyCase.keySet().stream().anyMatch(PathTrie::isDigits)
          || globs.stream().anyMatch(GlobEdge::takesIndexes);
    }
  }

  /** The trie nodes that one place in a document has reached, and what they say about it. */
  final class Place {

    private final Node[] nodes;
    private final @Nullable PathRule rule;
    private final int layers;
    private final boolean takesNames;
    private final boolean takesIndexes;
    private final Map<String, Place> steps = new ConcurrentHashMap<>();
    private @Nullable Place unnamed;

    private Place(List<Node> all) {
      nodes = all.toArray(Node[]::new);
      PathRule strongest = null;
      int named = 0;
      boolean names = false;
      boolean indexes = false;
      for (Node node : nodes) {
        named |= node.layers;
        strongest = stronger(strongest, node.rule);
        names |= !(node.exact.isEmpty() && node.anyCase.isEmpty() && node.globs.isEmpty());
        indexes |= node.takesIndexes();
      }
      rule = strongest;
      layers = named;
      takesNames = names;
      takesIndexes = indexes;
    }

    /** The rule for the value that stands here. */
    @Nullable PathRule rule() {
      return rule;
    }

    /** Whether a rule of that layer names the place. */
    boolean isListedBy(int layer) {
      return (layers & (1 << layer)) != 0;
    }

    Place member(String name) {
      if (!takesNames) {
        return unnamed();
      }
      Place known = steps.get(name);
      return known == null ? remembered(name, named(name)) : known;
    }

    private Place remembered(String name, Place step) {
      if (name.length() <= REMEMBERED_CHARACTERS_MAX && remembered.get() < REMEMBERED_MAX) {
        remembered.incrementAndGet();
        steps.put(name, step);
      }
      return step;
    }

    Place element(int index) {
      return takesIndexes ? named(Integer.toString(index)) : unnamed();
    }

    private Place named(String name) {
      List<Node> found = null;
      String lower = null;
      for (Node node : nodes) {
        found = add(found, node.exact.get(name));
        if (!node.anyCase.isEmpty()) {
          lower = lower == null ? name.toLowerCase(Locale.ROOT) : lower;
          found = add(found, node.anyCase.get(lower));
        }
        for (GlobEdge edge : node.globs) {
          lower = edge.anyCase() && lower == null ? name.toLowerCase(Locale.ROOT) : lower;
          if (edge.glob().matches(edge.anyCase() && lower != null ? lower : name)) {
            found = add(found, edge.to());
          }
        }
      }
      return found == null ? unnamed() : with(found);
    }

    private static @Nullable List<Node> add(@Nullable List<Node> found, @Nullable Node node) {
      if (node == null) {
        return found;
      }
      List<Node> more = found == null ? new ArrayList<>() : found;
      more.add(node);
      return more;
    }

    private Place with(List<Node> found) {
      found.addAll(reachedByAnyName());
      return place(found);
    }

    private List<Node> reachedByAnyName() {
      List<Node> next = new ArrayList<>();
      for (Node node : nodes) {
        if (node.stays) {
          next.add(node);
        }
        if (node.anyOne != null) {
          next.add(node.anyOne);
        }
      }
      return next;
    }

    /** The step by a name that no rule asks for; threads that race here find the same. */
    private Place unnamed() {
      Place known = unnamed;
      if (known == null) {
        known = place(reachedByAnyName());
        unnamed = known;
      }
      return known;
    }
  }
}
