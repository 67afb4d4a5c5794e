package io.sessionbridge.tls;

import io.sessionbridge.config.ConfigValues;
import io.sessionbridge.config.Key;
import io.sessionbridge.config.SecretFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The trusted authorities and the identity of the sink. The peer's name is always checked against
 * its certificate.
 *
 * <p>A sink adds {@link #KEYS} to its own keys and calls {@link #read} when it builds its
 * configuration. The files are read at each connect, so that renewed files need no restart.
 *
 * @param caFile empty = the authorities that Java trusts
 * @param certificateFile the chain of this client; present if and only if {@code keyFile} is
 * @param keyFile PKCS#8
 * @param keyPasswordFile present if the key is encrypted
 * @param certificateStore certificate and key of this client in one file, instead of these
 */
public record TlsSettings(
    Optional<PemFile> caFile,
    Optional<PemFile> certificateFile,
    Optional<PemFile> keyFile,
    Optional<SecretFile> keyPasswordFile,
    Optional<CertificateStore> certificateStore) {

  /** Settings with PEM files only. */
  public TlsSettings(
      Optional<PemFile> caFile,
      Optional<PemFile> certificateFile,
      Optional<PemFile> keyFile,
      Optional<SecretFile> keyPasswordFile) {
    this(caFile, certificateFile, keyFile, keyPasswordFile, Optional.empty());
  }

  /** Whether to encrypt at all. */
  public static final Key<Boolean> TLS =
      Key.flag("tls")
          .optional(
              "encrypts the connection; absent = yes if ca_file, certificate_file or"
                  + " certificate_store is set");

  private static final Key<Path> CA_FILE =
      Key.path("ca_file")
          .optional("PEM file with the trusted CA certificates; absent = those of Java");
  private static final Key<Path> CERTIFICATE_FILE =
      Key.path("certificate_file").optional("PEM file with the client's certificate chain");
  private static final Key<Path> KEY_FILE =
      Key.privateFile("key_file").optional("PEM file with the client's private key, PKCS#8");
  private static final Key<SecretFile> KEY_PASSWORD_FILE =
      Key.secretFile("key_password_file").optional("file that contains the password of key_file");

  private static final Key<Path> CERTIFICATE_STORE =
      Key.privateFile("certificate_store")
          .optional("PKCS#12 file with the client's certificate chain and private key");
  private static final Key<SecretFile> CERTIFICATE_STORE_PASSWORD_FILE =
      Key.secretFile("certificate_store_password_file")
          .optional("file that contains the password of certificate_store");

  /** The keys of the files, for a sink whose address determines whether to encrypt. */
  public static final List<Key<?>> FILE_KEYS =
      List.of(
          CA_FILE,
          CERTIFICATE_FILE,
          KEY_FILE,
          KEY_PASSWORD_FILE,
          CERTIFICATE_STORE,
          CERTIFICATE_STORE_PASSWORD_FILE);

  /** All keys. */
  public static final List<Key<?>> KEYS =
      Stream.concat(Stream.of(TLS), FILE_KEYS.stream()).toList();

  /** Reads the settings from values of {@link #KEYS}; empty = not encrypted. No I/O. */
  public static Optional<TlsSettings> read(ConfigValues values) {
    TlsSettings settings = readFiles(values);
    boolean files =
        values.given(CA_FILE) || values.given(CERTIFICATE_FILE) || values.given(CERTIFICATE_STORE);
    if (values.find(TLS).orElse(files)) {
      return Optional.of(settings);
    }
    if (files) {
      values.problem(
          TLS, "is false, so ca_file, certificate_file and certificate_store have no effect");
    }
    return Optional.empty();
  }

  /** Reads the settings from values of {@link #FILE_KEYS}. No I/O. */
  public static TlsSettings readFiles(ConfigValues values) {
    needs(values, CERTIFICATE_FILE, KEY_FILE);
    if (values.given(KEY_FILE)
        && values.given(CERTIFICATE_STORE)
        && !values.given(CERTIFICATE_FILE)) {
      values.problem(KEY_FILE, "has no effect: certificate_store has the key, leave it out");
    } else {
      needs(values, KEY_FILE, CERTIFICATE_FILE);
    }
    needs(values, KEY_PASSWORD_FILE, KEY_FILE);
    needs(values, CERTIFICATE_STORE_PASSWORD_FILE, CERTIFICATE_STORE);
    if (values.given(CERTIFICATE_STORE) && values.given(CERTIFICATE_FILE)) {
      values.problem(
          CERTIFICATE_STORE, "and certificate_file are two certificates of this client: keep one");
    }
    return new TlsSettings(
        pem(values, CA_FILE),
        pem(values, CERTIFICATE_FILE),
        pem(values, KEY_FILE),
        values.find(KEY_PASSWORD_FILE),
        values
            .find(CERTIFICATE_STORE)
            .map(
                path ->
                    new CertificateStore(
                        CERTIFICATE_STORE.name(),
                        path,
                        values.find(CERTIFICATE_STORE_PASSWORD_FILE))));
  }

  /** Why a connection with these files would fail before it begins; empty if it would not. */
  public Optional<String> problem() {
    try {
      TlsSocketFactory unused = TlsSocketFactory.open(this);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static void needs(ConfigValues values, Key<?> key, Key<?> other) {
    if (values.given(key) && !values.given(other)) {
      values.problem(key, "has no effect without " + other);
    }
  }

  private static Optional<PemFile> pem(ConfigValues values, Key<Path> key) {
    return values.find(key).map(path -> new PemFile(key.name(), path));
  }
}
