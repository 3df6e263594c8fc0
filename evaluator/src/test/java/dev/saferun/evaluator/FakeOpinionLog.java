package dev.saferun.evaluator;

import dev.saferun.tenancy.EnvironmentSettings;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps opinions in memory; the test says whether it can. */
@Singleton
public final class FakeOpinionLog implements OpinionLog {

  /** One that was kept. */
  public record Note(String runId, UUID decisionId, Opinion opinion) {}

  public final List<Note> notes = new CopyOnWriteArrayList<>();
  public volatile boolean fails;

  @Override
  public CompletionStage<Void> keep(
      EnvironmentSettings environment, String runId, UUID decisionId, Opinion opinion) {
    if (fails) {
      return CompletableFuture.failedStage(new IllegalStateException("the journal is full"));
    }
    notes.add(new Note(runId, decisionId, opinion));
    return CompletableFuture.completedStage(null);
  }
}
