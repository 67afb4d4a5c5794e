package io.sessionbridge.tls;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Any bytes as a PEM file: certificates and a key are read, or refused with the file's name. */
class PemFileFuzzTest {

  @FuzzTest
  void isReadOrRefused(byte[] bytes) throws IOException {
    Path path = Files.createTempFile("fuzz", ".pem");
    try {
      Files.write(path, bytes);
      PemFile file = new PemFile("ca_file", path);
      readOrRefuse(file, () -> CertificateReader.read(file));
      readOrRefuse(file, () -> new PrivateKeyReader(file, Optional.empty()).read());
    } finally {
      Files.delete(path);
    }
  }

  private interface Reading {
    Object read() throws IOException;
  }

  private static void readOrRefuse(PemFile file, Reading reading) {
    try {
      assertThat(reading.read()).isNotNull();
    } catch (IOException refused) {
      assertThat(refused).message().contains(file.path().toString());
    }
  }
}
