package dev.saferun.platform;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The credentials that the appliance needs elsewhere: passwords, client secrets, tokens. Where they
 * are kept is configured by {@code saferun.secrets.keeper}.
 */
public interface Secrets {

  /**
   * Completes with a named credential, read anew; empty where there is none. Fails with {@link
   * CommonProblem#SECRETS_UNAVAILABLE} where the keeper cannot be asked, and with an {@link
   * IllegalStateException} where it lies in a file that others can read. A name that is none is an
   * {@link IllegalArgumentException} at once.
   *
   * @param path names separated by {@code /}, such as {@code siem/splunk}; a name is letters,
   *     digits, {@code .}, {@code _} and {@code -}, and does not begin with a dot
   * @param field one such name
   */
  CompletionStage<Optional<Secret>> read(String path, String field);
}
