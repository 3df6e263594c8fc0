package dev.saferun.redaction;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/** The tokens that a value has in an organization's documents: by them it is found again. */
@Singleton
public final class ValueTokens {

  private final TokenKeys keys;

  public ValueTokens(TokenKeys keys) {
    this.keys = keys;
  }

  /** One for each class that the value may have been kept under. */
  public List<String> of(UUID organizationId, List<String> dataClasses, String value) {
    Tokens tokens = new Tokens(keys, organizationId);
    return dataClasses.stream()
        .map(dataClass -> tokens.of(dataClass, NormalForm.of(dataClass, value)))
        .toList();
  }
}
