package dev.saferun.redaction;

import java.util.Arrays;

/** Where a walk stands in a document; costs nothing until it is asked for in words. */
final class Path {

  private String[] names = new String[16];
  private int[] indexes = new int[16];
  private int depth;
  private boolean stays;

  void enterMember(String name) {
    enter(name, -1);
  }

  void enterElement(int index) {
    enter("", index);
  }

  /** Steps within a text that holds a document of its own are none in the document around it. */
  void stay(boolean now) {
    stays = now;
  }

  private void enter(String name, int index) {
    if (stays) {
      return;
    }
    if (depth == names.length) {
      names = Arrays.copyOf(names, depth * 2);
      indexes = Arrays.copyOf(indexes, depth * 2);
    }
    names[depth] = name;
    indexes[depth] = index;
    depth++;
  }

  void leave() {
    if (!stays) {
      depth--;
    }
  }

  /**
   * The name of the member that it stands in, also as an element of its array; empty at the top.
   */
  String lastName() {
    int at = depth - 1;
    while (at >= 0 && indexes[at] >= 0) {
      at--;
    }
    return at < 0 ? "" : names[at];
  }

  /** As a JSON Pointer; one that is longer than the limit is cut and ends with an ellipsis. */
  String pointer(int charactersMax) {
    StringBuilder pointer = new StringBuilder();
    for (int i = 0; i < depth && pointer.length() <= charactersMax; i++) {
      pointer.append('/');
      if (indexes[i] >= 0) {
        pointer.append(indexes[i]);
      } else {
        append(pointer, names[i], charactersMax);
      }
    }
    if (pointer.length() <= charactersMax) {
      return pointer.toString();
    }
    boolean splitsPair = Character.isHighSurrogate(pointer.charAt(charactersMax - 1));
    pointer.setLength(splitsPair ? charactersMax - 1 : charactersMax);
    return pointer.append('…').toString();
  }

  private static void append(StringBuilder pointer, String name, int charactersMax) {
    for (int i = 0; i < name.length() && pointer.length() <= charactersMax; i++) {
      char c = name.charAt(i);
      switch (c) {
        case '~' -> pointer.append("~0");
        case '/' -> pointer.append("~1");
        default -> pointer.append(c);
      }
    }
  }
}
