package io.sessionbridge.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/** This client's certificate and key, checked before a server can refuse them. */
record ClientIdentity(PrivateKey key, List<X509Certificate> chain) {

  private static final byte[] PROBE = {1, 2, 3};
  private static final char[] NO_PASSWORD = {};

  static ClientIdentity read(PemFile certificateFile, PrivateKeyReader keyReader, PemFile keyFile)
      throws IOException {
    ClientIdentity identity =
        new ClientIdentity(keyReader.read(), CertificateReader.read(certificateFile));
    identity.check(certificateFile.toString(), keyFile.toString());
    return identity;
  }

  /** The names are for messages. */
  void check(String certificateName, String keyName) throws IOException {
    X509Certificate own = chain.get(0);
    try {
      own.checkValidity();
      if (!belongTogether()) {
        throw new IOException(keyName + " does not belong to " + certificateName);
      }
    } catch (CertificateExpiredException e) {
      throw new IOException(
          certificateName + " expired at " + own.getNotAfter().toInstant() + ": renew it", e);
    } catch (CertificateNotYetValidException e) {
      throw new IOException(
          certificateName
              + " is valid from "
              + own.getNotBefore().toInstant()
              + " only: is the clock of this host right?",
          e);
    } catch (GeneralSecurityException e) {
      throw new IOException(keyName + " does not belong to " + certificateName, e);
    }
  }

  private boolean belongTogether() throws GeneralSecurityException {
    String scheme =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          case "EdDSA" -> "EdDSA";
          default -> "";
        };
    if (scheme.isEmpty()) {
      return true; // no signature scheme to check it with; the server will decide
    }
    Signature signature = Signature.getInstance(scheme);
    signature.initSign(key);
    signature.update(PROBE);
    byte[] signed = signature.sign();
    signature.initVerify(chain.get(0).getPublicKey());
    signature.update(PROBE);
    return signature.verify(signed);
  }

  KeyManager[] managers() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("client", key, NO_PASSWORD, chain.toArray(X509Certificate[]::new));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }
}
