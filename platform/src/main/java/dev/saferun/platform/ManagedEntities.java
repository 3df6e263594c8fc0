package dev.saferun.platform;

import java.util.List;

/** A module's Hibernate entities, contributed as a bean; they stay private to its store. */
public record ManagedEntities(List<Class<?>> classes) {

  public ManagedEntities {
    classes = List.copyOf(classes);
  }
}
