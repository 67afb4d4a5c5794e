package io.sessionbridge.tls;

import io.sessionbridge.text.UntrustedText;
import java.io.IOException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Explains in one sentence why TLS with a server failed, and which setting to check. */
public final class TlsDiagnosis {

  private final TlsSettings settings;
  private final String server;

  /**
   * @param server as configured, {@code host:port} or a URL
   */
  public TlsDiagnosis(TlsSettings settings, String server) {
    this.settings = settings;
    this.server = server;
  }

  /**
   * Returns the sentence; empty if the failure is not one of TLS.
   *
   * @param failure an exception from a socket of {@link TlsSocketFactory}, wrapped or not
   */
  public Optional<String> explain(Throwable failure) {
    Optional<String> sentence = Optional.empty();
    for (Throwable next = failure; next != null; next = next.getCause()) {
      Optional<String> deeper = known(next);
      sentence = deeper.isPresent() ? deeper : sentence;
    }
    return sentence;
  }

  /** Deeper causes are more specific. */
  private Optional<String> known(Throwable failure) {
    String said = " (" + UntrustedText.part(failure.getMessage()) + ")";
    if (failure instanceof CertificateExpiredException) {
      return Optional.of("the certificate of " + server + " has expired: renew it there" + said);
    }
    if (failure instanceof CertificateNotYetValidException) {
      return Optional.of(
          "the certificate of " + server + " is not valid yet: is the clock right?" + said);
    }
    if (failure instanceof CertPathBuilderException
        || failure instanceof CertPathValidatorException) {
      return Optional.of(
          "the certificate of " + server + " is not signed by an authority in " + trust());
    }
    if (failure instanceof CertificateException) {
      return name(String.valueOf(failure.getMessage()));
    }
    if (failure instanceof SSLException) {
      return Optional.of(ofTls(String.valueOf(failure.getMessage())));
    }
    return Optional.empty();
  }

  private String trust() {
    return settings
        .caFile()
        .map(file -> file + ": is it the right one?")
        .orElse("the trust store of Java: set ca_file");
  }

  private Optional<String> name(String said) {
    return said.startsWith("No ") // name matching x found, subject alternative names present, ...
        ? Optional.of(
            "the certificate of "
                + server
                + " is for another name: server must be one of its names ("
                + UntrustedText.part(said)
                + ")")
        : Optional.empty();
  }

  private String ofTls(String message) {
    String said = " (" + UntrustedText.part(message) + ")";
    String lower = message.toLowerCase(Locale.ROOT);
    if (lower.contains("fatal alert") && lower.contains("certificate")
        || lower.contains("unknown_ca")) {
      return server + " refuses this client: " + certificate() + said;
    }
    if (lower.contains("handshake_failure")) {
      return server
          + " supports neither TLS 1.2 nor 1.3, or requires another certificate: "
          + certificate()
          + said;
    }
    if (lower.contains("protocol_version")) {
      return server + " supports neither TLS 1.2 nor 1.3" + said;
    }
    if (lower.contains("unrecognized ssl message") || lower.contains("plaintext connection")) {
      return server + " does not use TLS on this port" + said;
    }
    if (lower.contains("aborts the handshake")) {
      return server
          + " aborts the handshake: does it use TLS on this port, and is it this client's"
          + " certificate? "
          + certificate()
          + said;
    }
    if (lower.contains("terminated the handshake")) {
      return server + " closes the connection: does it use TLS on this port?" + said;
    }
    return "TLS with " + server + " failed" + said;
  }

  private String certificate() {
    return settings
        .certificateStore()
        .map(CertificateStore::toString)
        .or(() -> settings.certificateFile().map(PemFile::toString))
        .map(file -> "is " + file + " of an authority that it trusts?")
        .orElse("set certificate_file and key_file, or certificate_store");
  }

  /** Like {@link #explain}, but returns the message of the failure if there is no explanation. */
  public String explainOrRepeat(IOException failure) {
    return explain(failure)
        .orElseGet(
            () ->
                UntrustedText.part(
                    failure.getMessage() == null ? failure.toString() : failure.getMessage()));
  }
}
