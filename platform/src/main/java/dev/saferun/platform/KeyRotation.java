package dev.saferun.platform;

import java.util.concurrent.CompletionStage;

/**
 * Rotates the key-encryption key under running traffic. Only the wrapped data keys are written
 * again; what they sealed stays as it is. What a kill or a keeper that went away interrupts is
 * taken up by any node that asks the keeper next, also where somebody rotated the key at the keeper
 * itself.
 */
public interface KeyRotation {

  /**
   * Has the keeper make a new version and completes with it; the data keys are then wrapped anew in
   * the background.
   */
  CompletionStage<Integer> rotate();

  /**
   * Wraps every data key anew that is not under the newest version of the configured keeper, and
   * completes with how many those were.
   */
  CompletionStage<Integer> rewrap();
}
