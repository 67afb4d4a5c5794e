package io.sessionbridge.sink.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * An authority and two certificates of it, as PEM files: {@code broker} for the address 127.0.0.1
 * alone, and {@code agent}. Made with the JDK's keytool.
 */
final class TestingCertificates {

  private static final String PASSWORD = "changeit";

  private final Path folder;

  TestingCertificates(Path folder) throws Exception {
    this.folder = Files.createDirectories(folder);
    keytool("-alias", "ca", "-dname", "CN=ca", "-ext", "bc:c");
    keytool("-alias", "broker", "-dname", "CN=broker", "-signer", "ca", "-ext", "san=ip:127.0.0.1");
    keytool("-alias", "agent", "-dname", "CN=agent", "-signer", "ca");
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve("store.p12"))) {
      store.load(in, PASSWORD.toCharArray());
    }
    for (String alias : List.of("ca", "broker", "agent")) {
      export(store, alias);
    }
  }

  private void keytool(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-keyalg", "EC", "-groupname", "secp256r1"));
    command.addAll(List.of("-keystore", folder.resolve("store.p12").toString()));
    command.addAll(List.of("-storepass", PASSWORD, "-validity", "2"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(said);
    }
  }

  private void export(KeyStore store, String alias) throws GeneralSecurityException, IOException {
    StringBuilder chain = new StringBuilder();
    for (Certificate certificate : store.getCertificateChain(alias)) {
      chain.append(pem("CERTIFICATE", certificate.getEncoded()));
    }
    String key = pem("PRIVATE KEY", store.getKey(alias, PASSWORD.toCharArray()).getEncoded());
    Files.writeString(certificate(alias), chain);
    Files.writeString(key(alias), key);
    Files.writeString(folder.resolve(alias + "-both.pem"), key + chain);
  }

  private static String pem(String what, byte[] bytes) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n";
  }

  Path certificate(String alias) {
    return folder.resolve(alias + ".pem");
  }

  Path key(String alias) {
    return folder.resolve(alias + "-key.pem");
  }

  /** The listener's side: our own certificate, and clients need one as well. */
  void use(TestingKafka kafka) {
    kafka
        .with("ssl.keystore.type", "PEM")
        .with("ssl.keystore.location", folder.resolve("broker-both.pem").toString())
        .with("ssl.truststore.type", "PEM")
        .with("ssl.truststore.location", certificate("ca").toString())
        .with("ssl.client.auth", "required");
  }
}
