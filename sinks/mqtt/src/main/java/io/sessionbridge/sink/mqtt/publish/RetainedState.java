package io.sessionbridge.sink.mqtt.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sessionbridge.sink.mqtt.link.Connection;
import io.sessionbridge.sink.mqtt.link.Ending;
import io.sessionbridge.sink.mqtt.link.Publication;
import io.sessionbridge.sink.mqtt.link.Reason;
import io.sessionbridge.sink.mqtt.link.Version;
import io.sessionbridge.sink.mqtt.settings.MqttSinkConfig;
import io.sessionbridge.sink.mqtt.topic.Topics;
import io.sessionbridge.spi.HostState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The retained messages about this host: whether its agent runs, and the state. The state is
 * published first, so that a consumer that sees {@code online} does not read an outdated state;
 * {@code offline} leaves the last known state unchanged.
 *
 * <p>For use by one thread.
 */
public final class RetainedState {

  private static final String TEXT = "text/plain";

  private final StateDocument document;
  private final int qos;
  private final Version version;
  private final String availability;
  private final String state;
  private final DetailTopics details;
  private @Nullable Connection announcedOver;
  private @Nullable Connection shownOver;

  /** A refused publication, or the end of the connection. */
  public record Failure(String topic, Optional<Integer> reason, Optional<Ending> ending) {}

  public RetainedState(MqttSinkConfig config, StateDocument document, DetailTopics details) {
    this.document = document;
    this.details = details;
    this.qos = config.qos();
    this.version = config.version();
    Topics topics = config.topics();
    this.availability = Topics.ofHost(topics.availability(), topics.prefix(), document.host());
    this.state = Topics.ofHost(topics.state(), topics.prefix(), document.host());
  }

  /** Whether the topic belongs to the presence, not to the configured event topics. */
  public boolean isOfPresence(String topic) {
    return topic.equals(availability) || topic.equals(state);
  }

  /** The will, which the broker publishes unless the sink disconnects. */
  public Publication will() {
    return availability("offline");
  }

  private Publication availability(String word) {
    return Publication.retained(availability, word.getBytes(UTF_8), qos, TEXT);
  }

  /**
   * Publishes the state with its details, and {@code online} over a new connection. Obsolete topics
   * are cleared first.
   *
   * @return empty if the broker has accepted everything
   */
  public Optional<Failure> show(Connection connection, HostState now, Duration timeouts)
      throws InterruptedException {
    Optional<Failure> failure = details.take(connection, now, timeouts);
    if (failure.isPresent()) {
      return failure;
    }
    List<Publication> all = new ArrayList<>();
    all.add(document(now, connection.link().limits().packetBytes()));
    all.addAll(details.updates());
    if (connection != shownOver) {
      all.add(availability("online"));
    }
    announcedOver = connection;
    failure = publish(connection, all, timeouts);
    if (failure.isEmpty()) {
      shownOver = connection;
      details.published();
    }
    return failure;
  }

  /** Without presence: clears the detail topics of an earlier configuration. */
  public Optional<Failure> clearDetails(Connection connection, Duration timeouts)
      throws InterruptedException {
    return details.clear(connection, timeouts);
  }

  /** Omits sessions if the packet would be too large. */
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
    byte[] body = document.of(now, sessions);
    return Publication.retained(state, body, qos, StateDocument.CONTENT_TYPE);
  }

  /** Publishes {@code offline}, if {@code online} may have been published over this connection. */
  public boolean leave(Connection connection, Duration timeouts) throws InterruptedException {
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
        Optional<Integer> refusal =
            reason == PublishWindow.UNKNOWN ? Optional.empty() : Optional.of(reason);
        return Optional.of(new Failure(publications.get(i).topic(), refusal, publishing.ending()));
      }
    }
    return Optional.empty();
  }
}
