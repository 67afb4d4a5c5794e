package io.sessionbridge.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/**
 * A server's certificate that is its own authority, as files in PEM.
 *
 * @param key PKCS#8, not encrypted
 */
record Certificate(Path certificate, Path key) {

  private static final String NAME = "server";
  private static final String PASSWORD = "changeit";

  /** One for this machine; by the JDK's keytool, which takes a second. */
  static Certificate make(Path folder) throws IOException, InterruptedException {
    Path store = folder.resolve("server.p12");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-keystore",
            store.toString(),
            "-storepass",
            PASSWORD,
            "-alias",
            NAME,
            "-dname",
            "CN=" + NAME,
            "-keyalg", // GnuTLS does not take EC keys as Java writes them
            "RSA",
            "-keysize",
            "2048",
            "-validity",
            "2",
            "-ext",
            "san=dns:localhost,ip:127.0.0.1");
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("no certificate: " + said);
    }
    try {
      return export(store, folder);
    } catch (GeneralSecurityException e) {
      throw new IOException("no certificate", e);
    }
  }

  private static Certificate export(Path file, Path folder)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    byte[] certificate = store.getCertificate(NAME).getEncoded();
    byte[] key = store.getKey(NAME, PASSWORD.toCharArray()).getEncoded();
    return new Certificate(
        Files.writeString(folder.resolve("server.pem"), pem("CERTIFICATE", certificate)),
        Files.writeString(folder.resolve("server-key.pem"), pem("PRIVATE KEY", key)));
  }

  private static String pem(String what, byte[] bytes) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n";
  }
}
