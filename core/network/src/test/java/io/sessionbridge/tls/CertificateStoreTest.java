package io.sessionbridge.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.config.SecretFile;
import io.sessionbridge.testkit.RequiredTool;
import io.sessionbridge.testkit.TestingCertificates;
import io.sessionbridge.testkit.TestingSecrets;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** PKCS#12 files as openssl makes them, and what is said of those that do not do. */
class CertificateStoreTest {

  @TempDir static Path folder;
  private static TestingCertificates certificates;

  @BeforeAll
  static void make() throws Exception {
    certificates =
        new TestingCertificates(folder.resolve("pem"))
            .issue("agent")
            .issue("rsa", "-keyalg", "RSA", "-keysize", "2048")
            .issue("old", "-startdate", "-10d", "-validity", "2");
  }

  private static CertificateStore store(Path file, String password) throws IOException {
    Path secret = TestingSecrets.write(folder.resolve("store.pw"), password + "\n");
    return new CertificateStore(
        "certificate_store",
        file,
        Optional.of(new SecretFile(secret, "certificate_store_password_file")));
  }

  private static CertificateStore withoutPassword(Path file) {
    return new CertificateStore("certificate_store", file, Optional.empty());
  }

  private static void assertRefused(CertificateStore store, String message) {
    assertThatThrownBy(store::readPem).isInstanceOf(IOException.class).hasMessage(message);
  }

  @Test
  void holdsWhatThePemFilesHold() throws Exception {
    for (String name : List.of("agent", "rsa")) {
      for (List<String> way :
          List.of(
              List.<String>of(),
              List.of("-keypbe", "PBE-SHA1-3DES", "-certpbe", "PBE-SHA1-3DES", "-macalg", "sha1"),
              List.of("-name", "another name"))) {
        Path file = certificates.pkcs12(name, "hunter2", way.toArray(String[]::new));

        CertificateStore.Pem pem = store(file, "hunter2").readPem();

        assertThat(pem.certificates())
            .as("%s %s", name, way)
            .isEqualTo(Files.readString(certificates.certificate(name)));
        assertThat(pem.key()).isEqualTo(Files.readString(certificates.key(name)));
        assertThat(pem.toString()).doesNotContain("KEY");
      }
    }
  }

  @Test
  void opensAsAClient() throws Exception {
    TlsSettings settings =
        new TlsSettings(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(store(certificates.pkcs12("agent", "hunter2"), "hunter2")));

    assertThat(TlsSocketFactory.open(settings)).isNotNull();
  }

  @Test
  void anEmptyPasswordNeedsNoFile() throws Exception {
    Path file = certificates.pkcs12("agent", "");

    assertThat(withoutPassword(file).readPem().key())
        .isEqualTo(Files.readString(certificates.key("agent")));
  }

  @Test
  void aWrongOrMissingPassword() throws Exception {
    Path file = certificates.pkcs12("agent", "hunter2");

    assertRefused(
        store(file, "hunter3"),
        "certificate_store "
            + file
            + " cannot be decrypted: is the password in certificate_store_password_file "
            + folder.resolve("store.pw")
            + " right?");
    assertRefused(
        withoutPassword(file),
        "certificate_store " + file + " has a password: certificate_store_password_file is needed");
  }

  @Test
  void aStoreWithoutKey() throws Exception {
    assertHasNoKey(
        export("ca.p12", "-nokeys", "-in", certificates.certificate("agent").toString()));
  }

  @Test
  void aKeyWithoutItsCertificate() throws Exception {
    assertHasNoKey(export("key.p12", "-nocerts", "-inkey", certificates.key("agent").toString()));
  }

  private static Path export(String name, String... what) throws Exception {
    Path file = folder.resolve(name);
    List<String> command =
        new ArrayList<>(List.of(RequiredTool.find("openssl").toString(), "pkcs12", "-export"));
    command.addAll(List.of(what));
    command.addAll(List.of("-out", file.toString(), "-passout", "pass:hunter2"));
    Process process = new ProcessBuilder(command).redirectInput(new File("/dev/null")).start();
    assertThat(process.waitFor()).isZero();
    TestingSecrets.makePrivate(file);
    return file;
  }

  private static void assertHasNoKey(Path file) throws IOException {
    assertRefused(
        store(file, "hunter2"),
        "certificate_store "
            + file
            + " contains no private key with its certificate: create it with openssl pkcs12 -export"
            + " -inkey KEY -in CERTIFICATE -out "
            + file);
  }

  @Test
  void aKeyWithAPasswordOfItsOwn() throws Exception {
    ClientIdentity one = store(certificates.pkcs12("agent", "hunter2"), "hunter2").read();
    KeyStore all = KeyStore.getInstance("PKCS12");
    all.load(null, null);
    all.setKeyEntry(
        "agent", one.key(), "hunter3".toCharArray(), one.chain().toArray(Certificate[]::new));
    Path file = folder.resolve("own.p12");
    try (OutputStream out = Files.newOutputStream(file)) {
      all.store(out, "hunter2".toCharArray());
    }
    TestingSecrets.makePrivate(file);

    assertRefused(
        store(file, "hunter2"),
        "certificate_store "
            + file
            + " cannot be decrypted: is the password in certificate_store_password_file "
            + folder.resolve("store.pw")
            + " right? The key in the file and the file itself need the same password");
  }

  @Test
  void severalKeys() throws Exception {
    KeyStore all = KeyStore.getInstance("PKCS12");
    all.load(null, null);
    for (String name : List.of("agent", "rsa")) {
      ClientIdentity one = store(certificates.pkcs12(name, "hunter2"), "hunter2").read();
      PrivateKey key = one.key();
      all.setKeyEntry(name, key, "hunter2".toCharArray(), one.chain().toArray(Certificate[]::new));
    }
    Path file = folder.resolve("two.p12");
    try (OutputStream out = Files.newOutputStream(file)) {
      all.store(out, "hunter2".toCharArray());
    }
    TestingSecrets.makePrivate(file);

    assertRefused(
        store(file, "hunter2"),
        "certificate_store " + file + " contains 2 private keys: it must contain exactly one");
  }

  @Test
  void filesThatAreNone() throws Exception {
    Path missing = folder.resolve("missing.p12");
    assertRefused(withoutPassword(missing), "certificate_store " + missing + " does not exist");
    Path pem = certificates.both("agent");
    assertRefused(
        withoutPassword(pem),
        "certificate_store " + pem + " is PEM, not PKCS#12: use certificate_file and key_file");
    Path noise = TestingSecrets.write(folder.resolve("noise.p12"), "x".repeat(100));
    assertThatThrownBy(() -> withoutPassword(noise).readPem())
        .hasMessageStartingWith(
            "certificate_store " + noise + " is damaged, or is not PKCS#12 as Java reads it (");
  }

  @Test
  void aCertificateThatHasExpired() throws Exception {
    Path file = certificates.pkcs12("old", "hunter2");

    assertThatThrownBy(() -> store(file, "hunter2").readPem())
        .hasMessageMatching("certificate_store .*old.p12 expired at 20\\d\\d-.*: renew it");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aFileThatOthersMayRead() throws Exception {
    Path file = certificates.pkcs12("agent", "hunter2");
    assertThat(file.toFile().setReadable(true, false)).isTrue();

    assertThatThrownBy(() -> store(file, "hunter2").readPem())
        .hasMessageContaining("certificate_store " + file + " must not be readable by all users");
  }
}
