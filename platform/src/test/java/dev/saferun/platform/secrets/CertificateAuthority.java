package dev.saferun.platform.secrets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** An authority made for a test, and the certificate that it gave to 127.0.0.1; by keytool. */
record CertificateAuthority(Path authority, Path certificate, Path key, SSLContext trust) {

  private static final char[] PASSWORD = "of-a-test".toCharArray();

  static CertificateAuthority make(Path directory) throws Exception {
    Path root = directory.resolve("root.p12");
    Path server = directory.resolve("server.p12");
    Path authority = directory.resolve("authority.pem");
    Path certificate = directory.resolve("server.pem");
    Path request = directory.resolve("server.csr");
    keytool(
        root,
        "-genkeypair",
        "-alias",
        "root",
        "-keyalg",
        "EC",
        "-dname",
        "CN=a test's root",
        "-ext",
        "bc:c=ca:true",
        "-ext",
        "ku:c=keyCertSign");
    keytool(root, "-exportcert", "-alias", "root", "-rfc", "-file", authority.toString());
    keytool(server, "-genkeypair", "-alias", "server", "-keyalg", "EC", "-dname", "CN=server");
    keytool(server, "-certreq", "-alias", "server", "-file", request.toString());
    keytool(
        root,
        "-gencert",
        "-alias",
        "root",
        "-rfc",
        "-infile",
        request.toString(),
        "-outfile",
        certificate.toString(),
        "-ext",
        "san=ip:127.0.0.1",
        "-ext",
        "eku=serverAuth");
    Path key = directory.resolve("server.key");
    Files.writeString(key, pem(load(server)));
    return new CertificateAuthority(authority, certificate, key, trusting(load(root)));
  }

  private static void keytool(Path store, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(
        List.of("-keystore", store.toString(), "-storepass", new String(PASSWORD), "-noprompt"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(output);
    }
  }

  private static KeyStore load(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    return store;
  }

  private static String pem(KeyStore store) throws GeneralSecurityException {
    String body =
        Base64.getMimeEncoder(64, new byte[] {'\n'})
            .encodeToString(store.getKey("server", PASSWORD).getEncoded());
    return "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n";
  }

  private static SSLContext trusting(KeyStore root) throws GeneralSecurityException, IOException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("root", root.getCertificate("root"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
