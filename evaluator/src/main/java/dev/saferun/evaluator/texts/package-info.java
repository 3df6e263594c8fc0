/**
 * Texts as rows of words: read in the form in which values are compared, split into blocks, and
 * indexed so that words in a row are found without going through the texts.
 */
@NullMarked
package dev.saferun.evaluator.texts;

import org.jspecify.annotations.NullMarked;
