package io.sessionbridge.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.testkit.TestingConfig;
import io.sessionbridge.testkit.TestingSecrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The section privacy. */
class PrivacyKeysTest {

  @TempDir Path folder;
  private Path key;

  @BeforeEach
  void writeKey() throws IOException {
    key = TestingSecrets.write(folder.resolve("privacy.key"), PseudonymsTest.KEY + "\n");
  }

  private static String problems(String yaml) {
    return TestingConfig.problems(PrivacyKeys.SPEC, yaml);
  }

  @Test
  void isReadWithItsKey() {
    Privacy privacy =
        TestingConfig.read(
            PrivacyKeys.SPEC,
            "{users: pseudonym, clients: none, hosts: pseudonym, pseudonym_key_file: '"
                + key
                + "'}");
    assertThat(privacy.of(Subject.USERS)).isEqualTo(Protection.PSEUDONYM);
    assertThat(privacy.of(Subject.CLIENTS)).isEqualTo(Protection.NONE);
    assertThat(privacy.of(Subject.HOSTS)).isEqualTo(Protection.PSEUDONYM);
    assertThat(privacy.keyId()).contains(new Pseudonyms(PseudonymsTest.KEY).keyId());
  }

  @Test
  void isPlainByDefault() {
    assertThat(TestingConfig.read(PrivacyKeys.SPEC, "{}").isPlain()).isTrue();
  }

  @Test
  void needsAKeyOnlyForPseudonyms() {
    assertThat(problems("users: pseudonym"))
        .isEqualTo("test.yaml:1: pseudonym_key_file is missing: pseudonyms need a key");
    assertThat(problems("hosts: pseudonym")).contains("pseudonym_key_file is missing");
    assertThat(problems("{users: none, clients: none}")).isEmpty();
    assertThat(problems("{users: none, pseudonym_key_file: '" + key + "'}"))
        .isEqualTo(
            "test.yaml:1: pseudonym_key_file has no effect without pseudonym in users, clients or"
                + " hosts");
  }

  @Test
  void cannotRemoveHosts() {
    assertThat(problems("hosts: none"))
        .isEqualTo("test.yaml:1: hosts must be one of plain, pseudonym, was none");
  }

  @Test
  void refusesAShortKey() throws IOException {
    TestingSecrets.write(key, PseudonymsTest.KEY.substring(1) + "\n");
    assertThat(problems("{users: pseudonym, pseudonym_key_file: '" + key + "'}"))
        .isEqualTo(
            "test.yaml:1: pseudonym_key_file cannot be used: the key in "
                + key
                + " must have at least 32 bytes, had 31; create one: openssl rand -base64 32");
  }

  @Test
  void refusesAMissingKeyAndOneThatOthersCanRead() throws IOException {
    assertThat(problems("{users: pseudonym, pseudonym_key_file: /no/such/file}"))
        .isEqualTo(
            "test.yaml:1: pseudonym_key_file cannot be used: the file does not exist (the key takes"
                + " the name of a file that holds the secret)");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(problems("{users: pseudonym, pseudonym_key_file: '" + key + "'}"))
        .contains("must not be readable by all users")
        .contains("chmod 600");
  }
}
