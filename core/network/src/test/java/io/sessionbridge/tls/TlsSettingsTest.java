package io.sessionbridge.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.testkit.TestingConfig;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TlsSettingsTest {

  private static final ConfigSpec<Optional<TlsSettings>> SPEC =
      new ConfigSpec<>(TlsSettings.KEYS, TlsSettings::read);

  @Test
  void filesSayThatItIsEncrypted() {
    assertThat(TestingConfig.read(SPEC, "{}")).isEmpty();
    assertThat(TestingConfig.read(SPEC, "tls: false")).isEmpty();
    assertThat(TestingConfig.read(SPEC, "tls: true"))
        .contains(
            new TlsSettings(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
    TlsSettings settings = TestingConfig.read(SPEC, "ca_file: /ca.pem").orElseThrow();
    assertThat(settings.caFile().orElseThrow()).hasToString("ca_file /ca.pem");
  }

  @Test
  void keysThatNeedEachOther() {
    assertThat(TestingConfig.problems(SPEC, "certificate_file: c.pem"))
        .isEqualTo("test.yaml:1: certificate_file has no effect without key_file");
    assertThat(TestingConfig.problems(SPEC, "key_file: c.pem"))
        .isEqualTo("test.yaml:1: key_file has no effect without certificate_file");
    assertThat(TestingConfig.problems(SPEC, "key_password_file: pw"))
        .isEqualTo("test.yaml:1: key_password_file has no effect without key_file");
    assertThat(TestingConfig.problems(SPEC, "{tls: false, ca_file: ca.pem}"))
        .isEqualTo(
            "test.yaml:1: tls is false, so ca_file, certificate_file and certificate_store have"
                + " no effect");
  }

  @Test
  void certificateAndKeyInOneFile() {
    TlsSettings settings =
        TestingConfig.read(
                SPEC, "{certificate_store: /c.p12, certificate_store_password_file: /pw}")
            .orElseThrow();
    assertThat(settings.certificateStore().orElseThrow()).hasToString("certificate_store /c.p12");
    assertThat(TestingConfig.problems(SPEC, "certificate_store_password_file: pw"))
        .isEqualTo(
            "test.yaml:1: certificate_store_password_file has no effect without"
                + " certificate_store");
    assertThat(
            TestingConfig.problems(
                SPEC, "{certificate_store: c.p12, certificate_file: c.pem, key_file: k.pem}"))
        .isEqualTo(
            "test.yaml:1: certificate_store and certificate_file are two certificates of this"
                + " client: keep one");
    assertThat(TestingConfig.problems(SPEC, "{certificate_store: c.p12, key_file: k.pem}"))
        .isEqualTo(
            "test.yaml:1: key_file has no effect: certificate_store has the key, leave it out");
  }

  @Test
  void withoutTheSwitchThereIsOnlyWhatTheFilesAre() {
    ConfigSpec<TlsSettings> spec = new ConfigSpec<>(TlsSettings.FILE_KEYS, TlsSettings::readFiles);
    assertThat(TestingConfig.read(spec, "{}").caFile()).isEmpty();
    assertThat(TestingConfig.problems(spec, "tls: true")).contains("tls is unknown");
  }
}
