package dev.saferun.audit.sink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * An authority made for a test and what it certified, all in PEM, by openssl: a server at 127.0.0.1
 * and a client.
 */
record Certificates(Path authority, Path server, Path serverKey, Path client, Path clientKey) {

  static Certificates make(Path directory) throws Exception {
    Path authority = directory.resolve("authority.pem");
    Path authorityKey = directory.resolve("authority.key");
    openssl(
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=a test's root",
        "-keyout",
        authorityKey.toString(),
        "-out",
        authority.toString());
    Path server = certify(directory, "server", "subjectAltName=IP:127.0.0.1");
    Path client = certify(directory, "client", "subjectAltName=DNS:client.example.com");
    return new Certificates(
        authority,
        server,
        directory.resolve("server.key"),
        client,
        directory.resolve("client.key"));
  }

  private static Path certify(Path directory, String name, String alternative) throws Exception {
    Path request = directory.resolve(name + ".csr");
    Path certificate = directory.resolve(name + ".pem");
    openssl(
        "req",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-subj",
        "/CN=" + name + ".example.com",
        "-keyout",
        directory.resolve(name + ".key").toString(),
        "-out",
        request.toString());
    Path extensions = Files.writeString(directory.resolve(name + ".ext"), alternative + "\n");
    openssl(
        "x509",
        "-req",
        "-days",
        "2",
        "-in",
        request.toString(),
        "-CA",
        directory.resolve("authority.pem").toString(),
        "-CAkey",
        directory.resolve("authority.key").toString(),
        "-CAcreateserial",
        "-extfile",
        extensions.toString(),
        "-out",
        certificate.toString());
    return certificate;
  }

  private static void openssl(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments));
    PeerFiles.run(command);
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  /** For a server in Java. */
  SSLContext serverContext() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "server",
        Pem.key(text(serverKey)),
        new char[0],
        Pem.certificates(text(server)).toArray(X509Certificate[]::new));
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }
}
