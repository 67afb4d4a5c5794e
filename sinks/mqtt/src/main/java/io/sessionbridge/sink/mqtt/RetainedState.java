package io.sessionbridge.sink.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sessionbridge.spi.Host;
import io.sessionbridge.spi.HostState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is retained at the broker about this host: whether somebody is there to report, and what is
 * true. The state goes first, so that whoever sees {@code online} does not read what was true
 * yesterday; {@code offline} leaves the last known state as it is.
 *
 * <p>For one thread.
 */
final class RetainedState {

  private static final String TEXT = "text/plain";

  private final Host host;
  private final int qos;
  private final Version version;
  private final String availability;
  private final String state;
  private @Nullable Connection announcedOver;
  private @Nullable Connection shownOver;

  /** A publication that the broker refused, or a connection that ended. */
  record Failure(String topic, Optional<Integer> reason, Optional<Ending> ending) {}

  RetainedState(MqttSinkConfig config, Host host) {
    this.host = host;
    this.qos = config.qos();
    this.version = config.version();
    this.availability = name(config.topics(), config.topics().availability());
    this.state = name(config.topics(), config.topics().state());
  }

  private String name(Topics topics, TopicTemplate template) {
    return template.fill(
        place ->
            switch (place) {
              case PREFIX -> topics.prefix();
              case HOST -> TopicName.level(host.name());
              case HOST_ID -> TopicName.level(host.id());
              case KIND -> throw new IllegalStateException("a host has no kind");
            });
  }

  /** What the broker says when we do not say good-bye. */
  Publication will() {
    return availability("offline");
  }

  private Publication availability(String word) {
    return Publication.retained(availability, word.getBytes(UTF_8), qos, TEXT);
  }

  /**
   * Publishes the state, and over a new connection that the agent is there.
   *
   * @return empty if the broker has it
   */
  Optional<Failure> show(Connection connection, HostState now, Duration timeouts)
      throws InterruptedException {
    Publication document = document(now, connection.link().limits().packetBytes());
    List<Publication> all =
        connection == shownOver ? List.of(document) : List.of(document, availability("online"));
    announcedOver = connection;
    Optional<Failure> failure = publish(connection, all, timeouts);
    if (failure.isEmpty()) {
      shownOver = connection;
    }
    return failure;
  }

  /** A state with more sessions than a packet may hold is worth more than none. */
  private Publication document(HostState now, long mostBytes) {
    int sessions = now.sessions().size();
    Publication document = document(now, sessions);
    while (sessions > 0 && document.isLargerThan(mostBytes, version)) {
      sessions /= 2;
      document = document(now, sessions);
    }
    return document;
  }

  private Publication document(HostState now, int sessions) {
    byte[] body = StateDocument.of(host, now, sessions);
    return Publication.retained(state, body, qos, StateDocument.CONTENT_TYPE);
  }

  /** Publishes {@code offline}, if over this connection {@code online} may have been said. */
  boolean leave(Connection connection, Duration timeouts) throws InterruptedException {
    return connection != announcedOver
        || publish(connection, List.of(availability("offline")), timeouts).isEmpty();
  }

  private static Optional<Failure> publish(
      Connection connection, List<Publication> publications, Duration timeouts)
      throws InterruptedException {
    PublishWindow publishing = new PublishWindow(connection, timeouts, publications.size());
    int window = connection.link().limits().inFlight();
    for (int i = 0; i < publications.size(); i++) {
      if (!publishing.send(i, publications.get(i), window)) {
        break;
      }
    }
    publishing.finish();
    for (int i = 0; i < publications.size(); i++) {
      int reason = publishing.reason(i);
      if (reason == PublishWindow.UNKNOWN || Reason.isFailure(reason)) {
        Optional<Integer> told =
            reason == PublishWindow.UNKNOWN ? Optional.empty() : Optional.of(reason);
        return Optional.of(new Failure(publications.get(i).topic(), told, publishing.ending()));
      }
    }
    return Optional.empty();
  }
}
