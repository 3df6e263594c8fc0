package dev.saferun.auth.scim;

import dev.saferun.auth.AuthConfiguration;
import jakarta.inject.Singleton;
import java.util.UUID;

/** Where a directory finds what. */
@Singleton
class ScimAddresses {

  private final String base;

  ScimAddresses(AuthConfiguration configuration) {
    this.base = configuration.publicUrl() + ScimSchemas.BASE;
  }

  String user(UUID id) {
    return of("/Users/" + id);
  }

  String group(UUID id) {
    return of("/Groups/" + id);
  }

  String of(String path) {
    return base + path;
  }
}
