package dev.saferun.auth.saml;

import java.util.List;
import java.util.stream.Stream;

/** All of them. */
final class Forgeries {

  static final List<Forgery> ALL =
      Stream.of(
              ClaimForgeries.all(),
              WrappingForgeries.all(),
              SignatureForgeries.all(),
              ParserForgeries.all(),
              EncryptionForgeries.all(),
              LogoutForgeries.all())
          .flatMap(List::stream)
          .toList();

  private Forgeries() {}
}
