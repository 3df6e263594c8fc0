package dev.saferun.auth;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Makes the first organization of an appliance and the key by which everything else is made.
 *
 * <p>The key exists in two places that no transaction spans: its hash in the database and itself in
 * a file that the operator reads. The order is database first, file second; whoever calls this
 * writes the file to a temporary name with mode 0600, syncs it, renames it, and only then says that
 * the first start is over. Dying in between leaves a key that nobody can know. The next start sees
 * it: the file is missing and the key was never used, so it is revoked and another takes its place,
 * in one transaction. A key that was used is never replaced: its file was read and then deleted, as
 * it should be. A first use is written within seconds; should the process die within those and the
 * file have been deleted already, the operator finds a new file with a new key, and the old one is
 * revoked: safe, and visible in the audit log.
 *
 * <p>Two nodes that first start at once on one empty database do not make two: the organization's
 * name is unique, and the one that comes second gets nothing.
 */
public interface Bootstrap {

  /**
   * The key to hand over, or empty where there is none to hand over.
   *
   * @param delivered whether the file of an earlier start is there
   */
  CompletionStage<Optional<IssuedKey>> firstStart(boolean delivered);
}
