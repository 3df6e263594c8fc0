package dev.saferun.evaluator.texts;

import java.util.Arrays;

/** The newest place of each word, by the word's name: a map of primitives with open addressing. */
final class WordPlaces {

  private static final int FIRST_SIZE = 128;

  private long[] names = new long[FIRST_SIZE];
  private int[] places = filled(FIRST_SIZE);
  private int size;

  /** The place, or -1. */
  int get(long name) {
    return places[slot(name, names, places)];
  }

  /** Sets the place and returns the one before, or -1. */
  int put(long name, int place) {
    if (size * 2 > names.length) {
      grow();
    }
    int slot = slot(name, names, places);
    int before = places[slot];
    names[slot] = name;
    places[slot] = place;
    size += before < 0 ? 1 : 0;
    return before;
  }

  void clear() {
    Arrays.fill(places, -1);
    size = 0;
  }

  private void grow() {
    long[] largerNames = new long[names.length * 2];
    int[] largerPlaces = filled(names.length * 2);
    for (int i = 0; i < names.length; i++) {
      if (places[i] >= 0) {
        int slot = slot(names[i], largerNames, largerPlaces);
        largerNames[slot] = names[i];
        largerPlaces[slot] = places[i];
      }
    }
    names = largerNames;
    places = largerPlaces;
  }

  private static int slot(long name, long[] names, int[] places) {
    int mask = names.length - 1;
    int slot = (int) name & mask;
    while (places[slot] >= 0 && names[slot] != name) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private static int[] filled(int length) {
    int[] places = new int[length];
    Arrays.fill(places, -1);
    return places;
  }
}
