package io.sessionbridge.sink.kafka;

import io.sessionbridge.config.ConfigValues;
import io.sessionbridge.config.Key;
import io.sessionbridge.config.SecretFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who is trusted and who the sink is. The name of the broker is always checked against its
 * certificate.
 *
 * <p>The files are read at each connect, so that renewed ones need no restart.
 *
 * @param caFile PEM; empty = the authorities that Java trusts
 * @param certificateFile PEM, the chain of this client; there exactly if {@code keyFile} is
 * @param keyFile PEM, PKCS#8
 * @param keyPasswordFile there if the key is encrypted
 */
record Tls(
    Optional<Path> caFile,
    Optional<Path> certificateFile,
    Optional<Path> keyFile,
    Optional<SecretFile> keyPasswordFile) {

  private static final Key<Boolean> TLS =
      Key.flag("tls").optional("encrypt; absent = yes if ca_file or certificate_file is given");
  private static final Key<Path> CA_FILE =
      Key.path("ca_file").optional("PEM file of the trusted authorities; absent = those of Java");
  private static final Key<Path> CERTIFICATE_FILE =
      Key.path("certificate_file").optional("PEM file of the client's certificate chain");
  private static final Key<Path> KEY_FILE =
      Key.path("key_file").optional("PEM file of the client's key, PKCS#8");
  private static final Key<SecretFile> KEY_PASSWORD_FILE =
      Key.secretFile("key_password_file").optional("file with the password of key_file");

  static final List<Key<?>> KEYS =
      List.of(TLS, CA_FILE, CERTIFICATE_FILE, KEY_FILE, KEY_PASSWORD_FILE);

  static Optional<Tls> read(ConfigValues values) {
    needs(values, CERTIFICATE_FILE, KEY_FILE);
    needs(values, KEY_FILE, CERTIFICATE_FILE);
    needs(values, KEY_PASSWORD_FILE, KEY_FILE);
    boolean files = values.given(CA_FILE) || values.given(CERTIFICATE_FILE);
    if (!values.find(TLS).orElse(files)) {
      if (files) {
        values.problem(TLS, "is false, with which ca_file and certificate_file have no effect");
      }
      return Optional.empty();
    }
    return Optional.of(
        new Tls(
            values.find(CA_FILE),
            values.find(CERTIFICATE_FILE),
            values.find(KEY_FILE),
            values.find(KEY_PASSWORD_FILE)));
  }

  private static void needs(ConfigValues values, Key<?> key, Key<?> other) {
    if (values.given(key) && !values.given(other)) {
      values.problem(key, "has no effect without " + other);
    }
  }

  void putSettings(Map<String, Object> settings) throws IOException {
    if (caFile.isPresent()) {
      settings.put("ssl.truststore.type", "PEM");
      settings.put("ssl.truststore.certificates", pem(CA_FILE, caFile.get()));
    }
    if (certificateFile.isPresent() && keyFile.isPresent()) {
      settings.put("ssl.keystore.type", "PEM");
      settings.put("ssl.keystore.certificate.chain", pem(CERTIFICATE_FILE, certificateFile.get()));
      settings.put("ssl.keystore.key", pem(KEY_FILE, keyFile.get()));
    }
    if (keyPasswordFile.isPresent()) {
      settings.put("ssl.key.password", keyPasswordFile.get().read());
    }
  }

  private static String pem(Key<Path> key, Path file) throws IOException {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new IOException(key + " " + file + " cannot be read: " + e, e);
    }
    if (text.contains("-----BEGIN RSA PRIVATE KEY") || text.contains("-----BEGIN EC PRIVATE KEY")) {
      throw new IOException(
          key + " " + file + " is not PKCS#8; convert it with openssl pkcs8 -topk8 -in " + file);
    }
    if (!text.contains("-----BEGIN ")) {
      throw new IOException(key + " " + file + " is not PEM: it has no line -----BEGIN ...-----");
    }
    return text;
  }
}
