package io.sessionbridge.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sessionbridge.config.SecretFile;
import io.sessionbridge.testkit.TestingCertificates;
import io.sessionbridge.testkit.TestingSecrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PrivateKey;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the files may hold, and what is said of those that do not do. */
class TlsFilesTest {

  @TempDir static Path folder;
  private static TestingCertificates certificates;

  @BeforeAll
  static void make() throws Exception {
    certificates =
        new TestingCertificates(folder.resolve("pem"))
            .issue("agent")
            .issue("rsa", "-keyalg", "RSA", "-keysize", "2048")
            .issue("edwards", "-keyalg", "Ed25519")
            .issue("old", "-startdate", "-10d", "-validity", "2")
            .issue("new", "-startdate", "+5d", "-validity", "2");
  }

  private static TlsSettings own(Path certificate, Path key, Optional<Path> password) {
    return new TlsSettings(
        Optional.empty(),
        Optional.of(new PemFile("certificate_file", certificate)),
        Optional.of(new PemFile("key_file", key)),
        password.map(file -> new SecretFile(file, "key_password_file")));
  }

  private static ThrowingCallable opening(Path certificate, Path key) {
    return () -> TlsSocketFactory.open(own(certificate, key, Optional.empty()));
  }

  private static ThrowingCallable trusting(Path file) {
    PemFile ca = new PemFile("ca_file", file);
    return () ->
        TlsSocketFactory.open(
            new TlsSettings(Optional.of(ca), Optional.empty(), Optional.empty(), Optional.empty()));
  }

  private static void assertRefused(ThrowingCallable opening, String message) {
    assertThatThrownBy(opening).isInstanceOf(IOException.class).hasMessage(message);
  }

  private static PrivateKey read(Path key, Optional<Path> password) throws IOException {
    return new PrivateKeyReader(
            new PemFile("key_file", key),
            password.map(file -> new SecretFile(file, "key_password_file")))
        .read();
  }

  private static Path password(String text) throws IOException {
    return TestingSecrets.write(folder.resolve("key.pw"), text + "\n");
  }

  @Test
  void keysOfAllKinds() throws Exception {
    assertThat(read(certificates.key("agent"), Optional.empty()).getAlgorithm()).isEqualTo("EC");
    assertThat(read(certificates.key("rsa"), Optional.empty()).getAlgorithm()).isEqualTo("RSA");
    for (String name : List.of("agent", "rsa", "edwards")) {
      assertThat(
              TlsSocketFactory.open(
                  own(certificates.certificate(name), certificates.key(name), Optional.empty())))
          .as(name)
          .isNotNull();
    }
  }

  @Test
  void keyAndCertificatesMayShareAFile() throws Exception {
    Path both = certificates.both("agent");
    assertThat(TlsSocketFactory.open(own(both, both, Optional.empty()))).isNotNull();
  }

  @Test
  void encryptedKeys() throws Exception {
    Path password = password("hunter2");
    List<String> ways =
        List.of(
            "-v2 aes-256-cbc",
            "-v2 aes-128-cbc",
            "-v2 aes-256-cbc -v2prf hmacWithSHA512",
            "-v1 PBE-SHA1-3DES");
    for (String way : ways) {
      for (String name : List.of("agent", "rsa")) {
        Path key = certificates.encryptedKey(name, "hunter2", way.split(" "));
        assertThat(read(key, Optional.of(password)))
            .as(way)
            .isEqualTo(read(certificates.key(name), Optional.empty()));
      }
    }
  }

  @Test
  void encryptedKeysThatCannotBeRead() throws Exception {
    Path key = certificates.encryptedKey("rsa", "hunter2");
    assertRefused(
        () -> read(key, Optional.empty()),
        "key_file " + key + " is encrypted: key_password_file is needed");
    Path wrong = password("hunter3");
    assertRefused(
        () -> read(key, Optional.of(wrong)),
        "key_file "
            + key
            + " cannot be decrypted: is the password in key_password_file "
            + wrong
            + " right?");
    Path unknown = certificates.encryptedKey("agent", "hunter2", "-v2", "des3");
    assertThatThrownBy(() -> read(unknown, Optional.of(password("hunter2"))))
        .hasMessageStartingWith(
            "key_file "
                + unknown
                + " is damaged, or uses an encryption that Java does not support (")
        .hasMessageEndingWith(
            "); convert it with openssl pkcs8 -topk8 -v2 aes-256-cbc -in " + unknown);
  }

  @Test
  void keyThatIsNotPkcs8SaysHowToConvertIt() throws Exception {
    for (String kind : List.of("RSA", "EC")) {
      Path key =
          TestingSecrets.write(
              folder.resolve("traditional.pem"), "-----BEGIN " + kind + " PRIVATE KEY-----\n");
      assertRefused(
          opening(certificates.certificate("rsa"), key),
          "key_file " + key + " is not PKCS#8; convert it with openssl pkcs8 -topk8 -in " + key);
    }
  }

  @Test
  void filesThatAreMixedUp() {
    Path certificate = certificates.certificate("agent");
    Path key = certificates.key("agent");
    assertRefused(trusting(key), "ca_file " + key + " contains no certificate, but PRIVATE KEY");
    assertRefused(
        opening(certificate, certificate),
        "key_file " + certificate + " contains no private key, but CERTIFICATE");
    assertRefused(
        opening(key, key), "certificate_file " + key + " contains no certificate, but PRIVATE KEY");
    Path other = certificates.key("rsa");
    assertRefused(
        opening(certificate, other),
        "key_file " + other + " does not belong to certificate_file " + certificate);
    Path edwards = certificates.key("edwards");
    assertRefused(
        opening(certificate, edwards),
        "key_file " + edwards + " does not belong to certificate_file " + certificate);
  }

  @Test
  void filesThatAreNotThereOrDamaged() throws Exception {
    Path none = folder.resolve("none.pem");
    assertRefused(trusting(none), "ca_file " + none + " does not exist");
    assertThatThrownBy(trusting(folder))
        .hasMessageStartingWith("ca_file " + folder + " cannot be read: ");
    Path text = Files.writeString(folder.resolve("text.pem"), "hello");
    assertRefused(
        trusting(text), "ca_file " + text + " is not PEM: it has no line -----BEGIN ...-----");
    Path half = Files.writeString(folder.resolve("half.pem"), "-----BEGIN CERTIFICATE-----\nMII\n");
    assertRefused(
        trusting(half),
        "ca_file "
            + half
            + " is damaged: a line -----BEGIN ...----- has no -----END ...----- after it");
    Path junk =
        Files.writeString(
            folder.resolve("junk.pem"),
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    assertThatThrownBy(trusting(junk)).hasMessageStartingWith("ca_file " + junk + " is damaged: ");
    Path junkKey =
        TestingSecrets.write(
            folder.resolve("junk-key.pem"),
            "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    assertRefused(
        opening(certificates.certificate("agent"), junkKey),
        "key_file "
            + junkKey
            + " is damaged: it contains no key of the types RSA, EC, EdDSA, RSASSA-PSS");
  }

  @Test
  void privateKeysThatOthersCanRead() throws Exception {
    assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
    for (String name : List.of("agent", "rsa")) {
      Path key = Files.copy(certificates.key(name), folder.resolve(name + "-shared.pem"));
      Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
      String problem = " must not be readable by all users (mode 0644), run: chmod 600 " + key;
      assertRefused(opening(certificates.certificate(name), key), "key_file " + key + problem);
      assertRefused(opening(key, key), "key_file " + key + problem);
    }
  }

  @Test
  void noMoreIsReadThanAnyPemFileHas() throws Exception {
    Path large = Files.write(folder.resolve("large.pem"), new byte[(1 << 20) + 1]);
    String problem = " is longer than 1MiB, is it the right file?";
    assertRefused(trusting(large), "ca_file " + large + problem);
    assertRefused(opening(large, certificates.key("agent")), "certificate_file " + large + problem);
    assertRefused(opening(certificates.certificate("agent"), large), "key_file " + large + problem);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aDeviceWithoutAnEndIsNotRead() {
    assertRefused(
        trusting(Path.of("/dev/zero")),
        "ca_file /dev/zero cannot be read: it is a pipe or a device, and must be a file");
  }

  @Test
  void aKeyWrittenInThePlaceOfItsFileIsNotRepeated() {
    Path none = folder.resolve("s3cret");
    assertRefused(
        opening(certificates.certificate("agent"), none),
        "key_file: the file does not exist (the key takes the name of a file that holds the"
            + " secret)");
  }

  @Test
  void ownCertificateThatIsNotValidNow() {
    assertThatThrownBy(opening(certificates.certificate("old"), certificates.key("old")))
        .hasMessageMatching("certificate_file .*old.pem expired at 20\\d\\d-[-0-9:TZ]+: renew it");
    assertThatThrownBy(opening(certificates.certificate("new"), certificates.key("new")))
        .hasMessageMatching(
            "certificate_file .*new.pem is valid from 20\\d\\d-[-0-9:TZ]+ only:"
                + " is the clock of this host right\\?");
  }
}
