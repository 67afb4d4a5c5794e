package io.sessionbridge.sink.kafka;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.tcp.Deadline;
import io.sessionbridge.tcp.DialException;
import io.sessionbridge.tcp.Dialed;
import io.sessionbridge.tcp.Dialer;
import io.sessionbridge.tcp.HostPort;
import io.sessionbridge.tcp.NameService;
import io.sessionbridge.tcp.Route;
import io.sessionbridge.text.UntrustedText;
import io.sessionbridge.tls.TlsSettings;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Checks over its own connection whether a server is a Kafka broker, with an ApiVersions request,
 * which every broker answers before a login. The Kafka client must not connect to an unknown
 * server: it reads the first four bytes of any response as a length and allocates it, 352 MB for a
 * TLS alert and 1.2 GB for HTTP.
 *
 * <p>For use by one thread.
 */
final class BrokerProbe {

  private static final int API_VERSIONS = 18;
  private static final int METADATA = 3;

  /** The oldest version in which an empty list of topics means no topics. */
  private static final int METADATA_VERSION = 1;

  private static final String CLIENT = "sessionbridge-probe";

  private final KafkaSinkConfig config;
  private final KafkaDiagnosis diagnosis;
  private final Clock clock;
  private final Dialer dialer = new Dialer(NameService.SYSTEM);

  BrokerProbe(KafkaSinkConfig config, KafkaDiagnosis diagnosis, Clock clock) {
    this.config = config;
    this.diagnosis = diagnosis;
    this.clock = clock;
  }

  /**
   * Returns normally if the server is a broker.
   *
   * @param time the limit for all steps together
   * @throws ProbeException if it is not, or does not answer
   */
  void ask(HostPort server, Duration time) throws ProbeException, InterruptedException {
    List<Broker> unused = ask(server, time, false);
  }

  /**
   * Like {@link #ask(HostPort, Duration)}, but also requests the brokers that the cluster
   * advertises. Works only if the listener requires no login.
   *
   * @return empty if this version of Kafka does not support the request
   */
  List<Broker> askForBrokers(HostPort server, Duration time)
      throws ProbeException, InterruptedException {
    return ask(server, time, true);
  }

  private List<Broker> ask(HostPort server, Duration time, boolean forBrokers)
      throws ProbeException, InterruptedException {
    try {
      return ask(server, config.tls(), new Deadline(clock, time), forBrokers);
    } catch (DialException e) {
      throw e.step() == DialException.Step.TLS
          ? tlsFailed(server, time, e.inStep())
          : notReached(server, e);
    } catch (KafkaFrame.ForeignException e) {
      throw foreign(server, e);
    } catch (SocketTimeoutException e) {
      throw ProbeException.away(
          server + " accepts the connection but does not answer: is it a Kafka broker?", e);
    } catch (InterruptedIOException e) {
      Thread.interrupted();
      throw new InterruptedException(e.getMessage());
    } catch (EOFException | SocketException e) {
      throw ProbeException.away(server + closes(), e);
    } catch (BufferUnderflowException e) {
      throw ProbeException.foreign(server + " does not speak Kafka: its answer is too short", e);
    } catch (IOException e) {
      throw ProbeException.away(
          server + ": " + UntrustedText.part(String.valueOf(e.getMessage())), e);
    }
  }

  private String closes() {
    return " closes the connection at the first request: "
        + (config.tls().isPresent()
            ? "does it accept certificate_file or certificate_store, and is it a Kafka broker?"
            : "does its listener require TLS (tls: true), and is it a Kafka broker?");
  }

  private List<Broker> ask(
      HostPort server, Optional<TlsSettings> tls, Deadline deadline, boolean forBrokers)
      throws IOException {
    try (Dialed dialed = dialer.dial(Route.direct(server, tls), deadline)) {
      dialed.raw().limit(deadline);
      ByteBuffer versions = answer(dialed, API_VERSIONS, 0, new byte[0]);
      boolean supported = forBrokers && ApiVersions.has(versions, METADATA, METADATA_VERSION);
      // An empty array of topics: only the brokers.
      return supported
          ? brokers(answer(dialed, METADATA, METADATA_VERSION, new byte[4]))
          : List.of();
    }
  }

  private static ByteBuffer answer(Dialed dialed, int api, int version, byte[] body)
      throws IOException {
    byte[] request = KafkaFrame.request(api, version, api, CLIENT, body);
    dialed.socket().getOutputStream().write(request);
    return KafkaFrame.read(dialed.socket().getInputStream(), api);
  }

  /** The first field of a Metadata response: id, host, port and rack of each broker. */
  private static List<Broker> brokers(ByteBuffer metadata) throws IOException {
    List<Broker> brokers = new ArrayList<>();
    int count = metadata.getInt();
    for (int i = 0; i < count; i++) {
      int id = metadata.getInt();
      String host = ApiVersions.text(metadata);
      int port = metadata.getInt();
      String unused = ApiVersions.text(metadata);
      if (host.isEmpty() || port < 1 || port > 65535) {
        throw new IOException("it advertises broker " + id + " at port " + port);
      }
      brokers.add(new Broker(id, new HostPort(host, port)));
    }
    return brokers;
  }

  private static ProbeException notReached(HostPort server, DialException e) {
    if (e.inStep() instanceof SocketTimeoutException) {
      return ProbeException.away(
          server + " does not answer: is the broker up, and is bootstrap_servers right?", e);
    }
    return switch (e.step()) {
      case NAME -> ProbeException.away("the name " + server.host() + " cannot be resolved", e);
      case FILES -> ProbeException.away(String.valueOf(e.inStep().getMessage()), e);
      default ->
          ProbeException.away(
              server + " refuses connections: is the broker up, and is bootstrap_servers right?",
              e);
    };
  }

  private static ProbeException foreign(HostPort server, KafkaFrame.ForeignException said) {
    if (said.isTls()) {
      return ProbeException.foreign(server + " speaks TLS: set tls: true", said);
    }
    if (said.isHttp()) {
      return ProbeException.foreign(
          server + " speaks HTTP, not Kafka: is the port in bootstrap_servers right?", said);
    }
    return ProbeException.foreign(
        server
            + " does not speak Kafka: "
            + said.getMessage()
            + ", is the port in bootstrap_servers right?",
        said);
  }

  /** Connects once more without TLS, which may reveal what the server is. */
  private ProbeException tlsFailed(HostPort server, Duration time, IOException failure)
      throws InterruptedException {
    try {
      List<Broker> unused = ask(server, Optional.empty(), new Deadline(clock, time), false);
      return ProbeException.foreign(
          server + " speaks Kafka without TLS: set tls: false, or name its port for TLS", failure);
    } catch (KafkaFrame.ForeignException e) {
      return e.isTls()
          ? ProbeException.foreign(diagnosis.noTls(server.toString(), failure), failure)
          : foreign(server, e);
    } catch (SocketTimeoutException e) {
      return ProbeException.away(diagnosis.noTls(server.toString(), failure), failure);
    } catch (InterruptedIOException e) {
      Thread.interrupted();
      throw new InterruptedException(e.getMessage());
    } catch (IOException | BufferUnderflowException e) {
      return ProbeException.away(diagnosis.noTls(server.toString(), failure), failure);
    }
  }
}
