package io.sessionbridge.tls;

import io.sessionbridge.config.SecretFile;
import io.sessionbridge.config.SecretText;
import io.sessionbridge.storage.FileReason;
import io.sessionbridge.storage.SecretPermissions;
import io.sessionbridge.storage.WholeFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A PKCS#12 file with this client's certificate chain and private key. It is read at each use, so
 * that a renewed certificate takes effect at the next connect. CA certificates in it are not
 * trusted.
 *
 * @param key the configuration key, for messages
 * @param passwordFile empty = the password is empty
 */
public record CertificateStore(String key, Path path, Optional<SecretFile> passwordFile) {

  private static final int LONGEST = 1 << 20;
  private static final byte[] PEM_BEGINS = {'-', '-', '-', '-', '-', 'B', 'E', 'G', 'I', 'N'};

  /**
   * The content of the file as PEM, for libraries that require it.
   *
   * @param certificates the chain of this client, its own certificate first
   * @param key PKCS#8, not encrypted
   */
  public record Pem(String certificates, String key) {

    /** Without the key. */
    @Override
    public String toString() {
      return certificates;
    }
  }

  /**
   * Reads and checks the file.
   *
   * @throws IOException if it cannot be read, is not PKCS#12, has another password, or does not
   *     contain exactly one key with a currently valid certificate; the message names the key and
   *     the file
   */
  public Pem readPem() throws IOException {
    ClientIdentity identity = read();
    StringBuilder certificates = new StringBuilder();
    try {
      for (X509Certificate certificate : identity.chain()) {
        certificates.append(pem("CERTIFICATE", certificate.getEncoded()));
      }
    } catch (GeneralSecurityException e) {
      throw damaged(e);
    }
    return new Pem(certificates.toString(), pem("PRIVATE KEY", identity.key().getEncoded()));
  }

  private static String pem(String type, byte[] encoded) {
    return "-----BEGIN "
        + type
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded)
        + "\n-----END "
        + type
        + "-----\n";
  }

  ClientIdentity read() throws IOException {
    byte[] bytes = bytes();
    char[] password =
        passwordFile.isPresent() ? passwordFile.get().read().toCharArray() : new char[0];
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      load(store, bytes, password);
      ClientIdentity identity = only(store, password);
      identity.check(toString(), "the key in " + this);
      return identity;
    } catch (GeneralSecurityException e) {
      throw damaged(e);
    } finally {
      Arrays.fill(password, ' ');
    }
  }

  private byte[] bytes() throws IOException {
    Optional<String> problem = SecretPermissions.problem(path);
    if (problem.isPresent()) {
      throw new IOException(this + " " + problem.get());
    }
    try {
      return WholeFile.read(path, LONGEST);
    } catch (NoSuchFileException e) {
      throw new IOException(
          SecretText.isUnder(key)
              ? key + ": " + SecretFile.unreadable(path, e)
              : this + " does not exist",
          e);
    } catch (WholeFile.TooLargeException e) {
      throw new IOException(key + " " + e.getMessage(), e);
    } catch (IOException e) {
      throw new IOException(this + " cannot be read: " + FileReason.of(e, path), e);
    }
  }

  private void load(KeyStore store, byte[] bytes, char[] password)
      throws GeneralSecurityException, IOException {
    try {
      store.load(new ByteArrayInputStream(bytes), password);
    } catch (IOException e) {
      if (e.getCause() instanceof UnrecoverableKeyException) {
        throw new IOException(passwordProblem(), e);
      }
      if (Arrays.equals(PEM_BEGINS, Arrays.copyOf(bytes, PEM_BEGINS.length))) {
        throw new IOException(this + " is PEM, not PKCS#12: use certificate_file and key_file", e);
      }
      throw damaged(e);
    }
  }

  private String passwordProblem() {
    return passwordFile
        .map(
            file ->
                this
                    + " cannot be decrypted: is the password in "
                    + key
                    + "_password_file "
                    + file.path()
                    + " right?")
        .orElse(this + " has a password: " + key + "_password_file is needed");
  }

  private ClientIdentity only(KeyStore store, char[] password)
      throws GeneralSecurityException, IOException {
    List<String> all = Collections.list(store.aliases());
    List<String> keys = new ArrayList<>();
    for (String alias : all) {
      // A key whose certificate is not in the file is an entry without a chain.
      Certificate[] chain = store.getCertificateChain(alias);
      if (store.entryInstanceOf(alias, KeyStore.PrivateKeyEntry.class)
          && chain != null
          && chain.length > 0) {
        keys.add(alias);
      }
    }
    if (keys.isEmpty()) {
      throw new IOException(
          this
              + " contains no private key with its certificate: create it with openssl pkcs12 -export"
              + " -inkey KEY -in CERTIFICATE -out "
              + path);
    }
    if (keys.size() > 1) {
      throw new IOException(
          this + " contains " + keys.size() + " private keys: it must contain exactly one");
    }
    List<X509Certificate> chain = new ArrayList<>();
    for (Certificate one : store.getCertificateChain(keys.get(0))) {
      chain.add((X509Certificate) one);
    }
    try {
      return new ClientIdentity((PrivateKey) store.getKey(keys.get(0), password), chain);
    } catch (UnrecoverableKeyException e) {
      throw new IOException(
          passwordProblem() + " The key in the file and the file itself need the same password", e);
    }
  }

  private IOException damaged(Exception cause) {
    return new IOException(
        this + " is damaged, or is not PKCS#12 as Java reads it (" + cause.getMessage() + ")",
        cause);
  }

  /** For messages: the key and the file. */
  @Override
  public String toString() {
    return key + " " + path;
  }
}
