package dev.saferun.platform;

import java.util.concurrent.Executor;

/**
 * The threads that serve requests. Work that waits for something goes on where it began: the answer
 * is then written by the thread that owns its connection, and no other has to be woken.
 */
public interface RequestThreads {

  /** The calling thread, where it serves requests; else threads for short work of any kind. */
  Executor here();
}
