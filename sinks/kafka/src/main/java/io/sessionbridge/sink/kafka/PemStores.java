package io.sessionbridge.sink.kafka;

import io.sessionbridge.tls.CertificateStore;
import io.sessionbridge.tls.TlsSettings;
import java.io.IOException;
import java.util.Map;

/** Passes the TLS files to the Kafka client, which can read PEM. */
final class PemStores {

  private PemStores() {}

  /**
   * Adds the current content of the files.
   *
   * @throws IOException with the key and the file that cannot be read
   */
  static void put(TlsSettings tls, Map<String, Object> settings) throws IOException {
    if (tls.caFile().isPresent()) {
      settings.put("ssl.truststore.type", "PEM");
      settings.put("ssl.truststore.certificates", tls.caFile().get().read());
    }
    if (tls.certificateFile().isPresent() && tls.keyFile().isPresent()) {
      settings.put("ssl.keystore.type", "PEM");
      settings.put("ssl.keystore.certificate.chain", tls.certificateFile().get().read());
      settings.put("ssl.keystore.key", tls.keyFile().get().read());
    }
    if (tls.certificateStore().isPresent()) {
      CertificateStore.Pem own = tls.certificateStore().get().readPem();
      settings.put("ssl.keystore.type", "PEM");
      settings.put("ssl.keystore.certificate.chain", own.certificates());
      settings.put("ssl.keystore.key", own.key());
    }
    if (tls.keyPasswordFile().isPresent()) {
      settings.put("ssl.key.password", tls.keyPasswordFile().get().read());
    }
  }
}
