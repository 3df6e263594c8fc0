package dev.saferun.audit;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Has what was announced. Declared here, filled by the module that announces. */
@FunctionalInterface
public interface DetectionSource {

  /**
   * The announced detections, as {@code docs/audit.md} describes their members; one that is gone
   * meanwhile is left out.
   */
  CompletionStage<Map<UUID, Map<String, @Nullable Object>>> read(
      UUID organizationId, List<UUID> ids);
}
