package dev.saferun.replay.reveal;

import dev.saferun.platform.DataKey;
import dev.saferun.platform.DataKeys;
import dev.saferun.redaction.Originals;
import dev.saferun.redaction.Redactor;
import dev.saferun.redaction.Sealed;
import dev.saferun.replay.capture.Evidence;
import dev.saferun.replay.capture.Unsealing;
import dev.saferun.replay.store.SealedReads;
import dev.saferun.replay.store.SealedReads.StoredSeal;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens what the database has sealed, with the organization's keys. */
@Singleton
public final class SealedOriginals implements Unsealing {

  private static final Logger LOG = LoggerFactory.getLogger(SealedOriginals.class);

  private final SealedReads reads;
  private final DataKeys keys;

  SealedOriginals(SealedReads reads, DataKeys keys) {
    this.reads = reads;
    this.keys = keys;
  }

  @Override
  public CompletionStage<List<Map<String, @Nullable Object>>> whole(
      UUID organizationId, List<Kept> kept) {
    List<UUID> sealed =
        kept.stream().filter(SealedOriginals::isSealed).map(Kept::recordId).toList();
    if (sealed.isEmpty()) {
      return CompletableFuture.completedStage(kept.stream().map(Kept::document).toList());
    }
    return reads
        .of(organizationId, sealed)
        .thenCompose(
            seals ->
                opening(organizationId, seals)
                    .thenApply(opened -> whole(organizationId, kept, seals, opened)));
  }

  private static boolean isSealed(Kept kept) {
    return Evidence.object(kept.document().get(Redactor.REPORT_MEMBER))
        .containsKey(Redactor.SEALED_MEMBER);
  }

  /** The keys that the seals name, as far as they can be had. */
  private CompletionStage<Map<UUID, DataKey>> opening(UUID organizationId, List<StoredSeal> seals) {
    CompletionStage<Map<UUID, DataKey>> all = CompletableFuture.completedStage(new HashMap<>());
    for (UUID id : seals.stream().map(StoredSeal::keyId).distinct().toList()) {
      all =
          all.thenCombine(
              keys.find(organizationId, id).exceptionally(away -> Optional.empty()),
              (found, key) -> {
                key.ifPresent(known -> found.put(id, known));
                return found;
              });
    }
    return all;
  }

  private static List<Map<String, @Nullable Object>> whole(
      UUID organizationId, List<Kept> kept, List<StoredSeal> seals, Map<UUID, DataKey> keys) {
    Map<UUID, StoredSeal> byRecord = new HashMap<>();
    seals.forEach(seal -> byRecord.put(seal.recordId(), seal));
    List<Map<String, @Nullable Object>> whole = new ArrayList<>(kept.size());
    for (Kept one : kept) {
      StoredSeal seal = byRecord.get(one.recordId());
      DataKey key = seal == null ? null : keys.get(seal.keyId());
      whole.add(
          seal == null || key == null
              ? one.document()
              : open(organizationId, one, seal, key)
                  .map(originals -> originals.in(one.document()))
                  .orElse(one.document()));
    }
    return whole;
  }

  private static Optional<Originals> open(
      UUID organizationId, Kept kept, StoredSeal seal, DataKey key) {
    byte[] wrapped = seal.wrappedKey();
    if (wrapped == null) {
      return Optional.empty();
    }
    try {
      Sealed sealed = new Sealed(seal.keyId(), wrapped, seal.box());
      return Optional.of(
          Originals.open(kept.document(), sealed, key, organizationId, kept.recordId()));
    } catch (RuntimeException altered) {
      LOG.atError()
          .addKeyValue("record", kept.recordId())
          .setCause(altered)
          .log("what was sealed of a record cannot be opened");
      return Optional.empty();
    }
  }

  /** The originals of one record; empty where they cannot be had. */
  CompletionStage<Optional<Originals>> of(UUID organizationId, Kept kept, StoredSeal seal) {
    return keys.find(organizationId, seal.keyId())
        .thenApply(key -> key.flatMap(found -> open(organizationId, kept, seal, found)));
  }
}
