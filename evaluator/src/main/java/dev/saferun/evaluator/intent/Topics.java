package dev.saferun.evaluator.intent;

import dev.saferun.evaluator.texts.Block;

/** How near instructions that were read are to what was asked, by their meaning. */
@FunctionalInterface
interface Topics {

  /** Nothing is known by meaning. */
  Topics NONE = block -> 0;

  /** 0 to 1; 0 also where it is not known. */
  double near(Block block);
}
