package io.sessionbridge.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Reads the certificates of a PEM file and ignores its other content. */
final class CertificateReader {

  private CertificateReader() {}

  /** Returns the certificates in the order of the file, at least one. */
  static List<X509Certificate> read(PemFile file) throws IOException {
    List<X509Certificate> certificates = new ArrayList<>();
    List<PemFile.Block> blocks = file.blocks();
    for (PemFile.Block block : blocks) {
      if (block.type().equals("CERTIFICATE")) {
        certificates.add(decode(file, block));
      }
    }
    if (certificates.isEmpty()) {
      throw new IOException(file + " contains no certificate, but " + blocks.get(0).type());
    }
    return certificates;
  }

  private static X509Certificate decode(PemFile file, PemFile.Block block) throws IOException {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(block.bytes()));
    } catch (CertificateException e) {
      throw file.damaged(String.valueOf(e.getMessage()));
    }
  }
}
