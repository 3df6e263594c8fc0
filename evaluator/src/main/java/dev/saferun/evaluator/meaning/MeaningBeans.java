package dev.saferun.evaluator.meaning;

import dev.saferun.evaluator.EvaluatorConfiguration;
import dev.saferun.evaluator.Meanings;
import dev.saferun.platform.DataDirectory;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The meanings of this process; none where they are switched off or cannot be told here. */
@Factory
final class MeaningBeans {

  private static final Logger LOG = LoggerFactory.getLogger(MeaningBeans.class);

  @Singleton
  @Bean(preDestroy = "close")
  Meanings meanings(EvaluatorConfiguration configuration, DataDirectory data) {
    if (configuration.meaningTime().isZero()) {
      return Meanings.NONE;
    }
    try {
      NativeLibraries.unpack(data.directory("native"));
      return SentenceMeanings.load(configuration.meaningTime());
    } catch (IOException fault) {
      LOG.atError().setCause(fault).log("meanings cannot be told; words alone have to do");
      return Meanings.NONE;
    }
  }
}
