package io.sessionbridge.tls;

import io.sessionbridge.config.SecretFile;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Optional;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Reads a PKCS#8 key, plain or encrypted, of any algorithm that TLS uses. */
final class PrivateKeyReader {

  private static final List<String> KINDS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");

  private final PemFile file;
  private final Optional<SecretFile> passwordFile;

  PrivateKeyReader(PemFile file, Optional<SecretFile> passwordFile) {
    this.file = file;
    this.passwordFile = passwordFile;
  }

  PrivateKey read() throws IOException {
    List<PemFile.Block> blocks = file.blocks();
    for (PemFile.Block block : blocks) {
      if (block.type().equals("PRIVATE KEY")) {
        return decode(new PKCS8EncodedKeySpec(block.bytes()));
      }
      if (block.type().equals("ENCRYPTED PRIVATE KEY")) {
        return decode(decrypt(block.bytes()));
      }
    }
    throw new IOException(file + " contains no private key, but " + blocks.get(0).type());
  }

  private PrivateKey decode(PKCS8EncodedKeySpec encoded) throws IOException {
    for (String kind : KINDS) {
      try {
        return KeyFactory.getInstance(kind).generatePrivate(encoded);
      } catch (InvalidKeySpecException e) {
        // another algorithm
      } catch (GeneralSecurityException e) {
        throw new IOException(file + ": this Java has no " + kind + " keys", e);
      }
    }
    throw file.damaged("it contains no key of the types " + String.join(", ", KINDS));
  }

  private PKCS8EncodedKeySpec decrypt(byte[] encrypted) throws IOException {
    if (passwordFile.isEmpty()) {
      throw new IOException(file + " is encrypted: key_password_file is needed");
    }
    String password = passwordFile.get().read();
    try {
      EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(encrypted);
      String scheme = scheme(info);
      Cipher cipher = Cipher.getInstance(scheme);
      cipher.init(
          Cipher.DECRYPT_MODE,
          SecretKeyFactory.getInstance(scheme)
              .generateSecret(new PBEKeySpec(password.toCharArray())),
          info.getAlgParameters());
      return info.getKeySpec(cipher);
    } catch (InvalidKeySpecException | InvalidKeyException e) {
      throw wrongPassword(passwordFile.get(), e);
    } catch (GeneralSecurityException | IOException e) {
      if (e.getCause() instanceof BadPaddingException) {
        throw wrongPassword(passwordFile.get(), e);
      }
      throw new IOException(
          file
              + " is damaged, or uses an encryption that Java does not support ("
              + e.getMessage()
              + "); convert it with openssl pkcs8 -topk8 -v2 aes-256-cbc -in "
              + file.path(),
          e);
    }
  }

  private IOException wrongPassword(SecretFile password, Exception cause) {
    return new IOException(
        file
            + " cannot be decrypted: is the password in key_password_file "
            + password.path()
            + " right?",
        cause);
  }

  /** PBES2 names its algorithms only in its parameters; Java has one name for the combination. */
  private static String scheme(EncryptedPrivateKeyInfo info) {
    String name = info.getAlgName();
    boolean pbes2 = name.equals("PBES2") || name.equals("1.2.840.113549.1.5.13");
    return pbes2 ? info.getAlgParameters().toString() : name;
  }
}
