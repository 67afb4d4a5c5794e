package io.sessionbridge.testkit;

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
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate authority, {@code ca}, and its certificates, as PEM files in one folder. Created
 * with the JDK's keytool, which takes about a second for each.
 */
public final class TestingCertificates {

  private static final String PASSWORD = "changeit";

  private final Path folder;

  /** Creates the authority. */
  public TestingCertificates(Path folder) throws IOException, InterruptedException {
    this.folder = Files.createDirectories(folder);
    make("ca", "-ext", "bc:c");
  }

  /**
   * Issues a certificate for the host names and addresses of this machine. With an RSA key, because
   * GnuTLS does not accept EC keys as Java encodes them.
   */
  public TestingCertificates server(String name) throws IOException, InterruptedException {
    return issue(
        name, "-keyalg", "RSA", "-keysize", "2048", "-ext", "san=dns:localhost,ip:127.0.0.1");
  }

  /**
   * Issues a certificate with {@code CN=<name>}.
   *
   * @param options more options of {@code keytool -genkeypair}
   */
  public TestingCertificates issue(String name, String... options)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("-signer", "ca"));
    all.addAll(List.of(options));
    make(name, all.toArray(String[]::new));
    return this;
  }

  /** The keys of a sink's entry for this client certificate and this authority. */
  public String sinkKeys(String client) {
    return "ca_file: "
        + certificate("ca")
        + ", certificate_file: "
        + certificate(client)
        + ", key_file: "
        + key(client);
  }

  /** The certificate chain. */
  public Path certificate(String name) {
    return folder.resolve(name + ".pem");
  }

  /** PKCS#8, not encrypted. */
  public Path key(String name) {
    return folder.resolve(name + "-key.pem");
  }

  /** Key and certificates in one file. */
  public Path both(String name) {
    return folder.resolve(name + "-both.pem");
  }

  /**
   * PKCS#8, encrypted. Needs openssl.
   *
   * @param options more options of {@code openssl pkcs8 -topk8}
   */
  public Path encryptedKey(String name, String password, String... options)
      throws IOException, InterruptedException {
    Path encrypted = folder.resolve(name + "-encrypted-key.pem");
    List<String> command = new ArrayList<>();
    command.addAll(List.of(RequiredTool.find("openssl").toString(), "pkcs8", "-topk8"));
    command.addAll(List.of(options));
    command.addAll(List.of("-in", key(name).toString(), "-out", encrypted.toString()));
    command.addAll(List.of("-passout", "pass:" + password));
    run(command);
    return TestingSecrets.makePrivate(encrypted);
  }

  /**
   * Key and certificates as PKCS#12. Needs openssl.
   *
   * @param options more options of {@code openssl pkcs12 -export}
   */
  public Path pkcs12(String name, String password, String... options)
      throws IOException, InterruptedException {
    Path file = folder.resolve(name + ".p12");
    List<String> command = new ArrayList<>();
    command.addAll(List.of(RequiredTool.find("openssl").toString(), "pkcs12", "-export"));
    command.addAll(List.of("-in", both(name).toString(), "-out", file.toString()));
    command.addAll(List.of("-passout", "pass:" + password));
    command.addAll(List.of(options));
    run(command);
    return TestingSecrets.makePrivate(file);
  }

  /** The context of a server with this certificate that trusts clients of the authority. */
  public SSLContext context(String name) throws IOException, GeneralSecurityException {
    KeyStore all = store();
    char[] password = PASSWORD.toCharArray();
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, null);
    own.setKeyEntry(name, all.getKey(name, password), password, all.getCertificateChain(name));
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("ca", all.getCertificate("ca"));
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own, password);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private void make(String name, String... options) throws IOException, InterruptedException {
    List<String> arguments = List.of(options);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-alias", name, "-dname", "CN=" + name));
    command.addAll(List.of("-keystore", folder.resolve("store.p12").toString()));
    command.addAll(List.of("-storepass", PASSWORD));
    if (!arguments.contains("-validity")) {
      command.addAll(List.of("-validity", "2"));
    }
    if (!arguments.contains("-keyalg")) {
      command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1"));
    }
    command.addAll(arguments);
    run(command);
    try {
      export(name);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": " + said);
    }
  }

  private void export(String name) throws GeneralSecurityException, IOException {
    KeyStore store = store();
    StringBuilder chain = new StringBuilder();
    for (Certificate certificate : store.getCertificateChain(name)) {
      chain.append(pem("CERTIFICATE", certificate.getEncoded()));
    }
    String key = pem("PRIVATE KEY", store.getKey(name, PASSWORD.toCharArray()).getEncoded());
    Files.writeString(certificate(name), chain);
    TestingSecrets.write(key(name), key);
    TestingSecrets.write(both(name), key + chain);
  }

  private KeyStore store() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve("store.p12"))) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }

  private static String pem(String what, byte[] bytes) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n";
  }
}
