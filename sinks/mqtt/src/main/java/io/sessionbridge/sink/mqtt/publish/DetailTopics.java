package io.sessionbridge.sink.mqtt.publish;

import static java.util.stream.Collectors.toSet;

import io.sessionbridge.sink.mqtt.link.Connection;
import io.sessionbridge.sink.mqtt.link.Limits;
import io.sessionbridge.sink.mqtt.link.Publication;
import io.sessionbridge.sink.mqtt.link.Reason;
import io.sessionbridge.sink.mqtt.link.Version;
import io.sessionbridge.sink.mqtt.settings.MqttSinkConfig;
import io.sessionbridge.sink.mqtt.topic.Topics;
import io.sessionbridge.spi.HostState;
import io.sessionbridge.spi.SessionState;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The retained topics of parts of the state: the activity, and one for each session. A topic is
 * recorded before it is published and until the broker has cleared it, so that no ended session
 * stays at the broker, even after a crash of the agent.
 *
 * <p>For use by one thread.
 */
public final class DetailTopics {

  private static final Logger LOG = LoggerFactory.getLogger(DetailTopics.class);

  private final StateDocument document;
  private final int qos;
  private final Version version;
  private final Topics topics;
  private final RememberedTopics remembered;

  /** The bodies published over this connection, by topic. */
  private final Map<String, byte[]> sent = new HashMap<>();

  /** The topics that the broker refused to clear over this connection. */
  private final Set<String> refused = new HashSet<>();

  private List<Publication> updates = List.of();
  private @Nullable Connection lastConnection;
  private boolean warned;

  public DetailTopics(MqttSinkConfig config, StateDocument document, RememberedTopics remembered) {
    this.document = document;
    this.qos = config.qos();
    this.version = config.version();
    this.topics = config.topics();
    this.remembered = remembered;
  }

  /**
   * Accepts a state and clears obsolete topics. Publish {@link #updates} next.
   *
   * @return empty if the connection is still usable
   */
  Optional<RetainedState.Failure> take(Connection connection, HostState now, Duration timeouts)
      throws InterruptedException {
    return take(connection, wanted(now), timeouts);
  }

  /** Clears all topics that an earlier configuration published. */
  Optional<RetainedState.Failure> clear(Connection connection, Duration timeouts)
      throws InterruptedException {
    return take(connection, List.of(), timeouts);
  }

  /** The publications that the broker does not have yet. */
  List<Publication> updates() {
    return updates;
  }

  /** The broker has received the updates. */
  void published() {
    updates.forEach(publication -> sent.put(publication.topic(), publication.body()));
    updates = List.of();
  }

  private List<Publication> wanted(HostState now) {
    List<Publication> wanted = new ArrayList<>();
    topics
        .activity()
        .ifPresent(
            template ->
                wanted.add(
                    retained(
                        Topics.ofHost(template, topics.prefix(), document.host()),
                        document.ofActivity(now))));
    topics
        .session()
        .ifPresent(
            template -> {
              for (SessionState session : now.sessions()) {
                wanted.add(
                    retained(
                        Topics.ofSession(
                            template, topics.prefix(), document.host(), session.sessionId()),
                        document.ofSession(session)));
              }
            });
    return wanted;
  }

  private Publication retained(String topic, byte[] body) {
    return Publication.retained(topic, body, qos, StateDocument.CONTENT_TYPE);
  }

  private Optional<RetainedState.Failure> take(
      Connection connection, List<Publication> all, Duration timeouts) throws InterruptedException {
    if (connection != lastConnection) {
      lastConnection = connection;
      sent.clear();
      refused.clear();
    }
    updates = List.of();
    long mostBytes = connection.link().limits().packetBytes();
    List<Publication> wanted =
        all.stream().filter(one -> !one.isLargerThan(mostBytes, version)).toList();
    Set<String> names = wanted.stream().map(Publication::topic).collect(toSet());
    Set<String> known = remember(names);
    updates =
        wanted.stream()
            .filter(one -> known.contains(one.topic()))
            .filter(one -> !Arrays.equals(sent.get(one.topic()), one.body()))
            .toList();
    return clear(connection, without(known, names), timeouts);
  }

  private static Set<String> without(Set<String> all, Set<String> some) {
    Set<String> rest = new TreeSet<>(all);
    rest.removeAll(some);
    return rest;
  }

  /** Records topics and returns all recorded ones; only these can be cleared and are published. */
  private Set<String> remember(Set<String> names) {
    Set<String> known = Set.of();
    try {
      known = remembered.all();
      Set<String> both = new TreeSet<>(known);
      both.addAll(names);
      remembered.set(both);
      return both;
    } catch (IOException e) {
      warn("new topics of key topics are not published, because they cannot be recorded", e);
      return known;
    }
  }

  /** An empty retained message clears the previous one (MQTT 3.1.1 and 5, 3.3.1.3). */
  private Optional<RetainedState.Failure> clear(
      Connection connection, Set<String> gone, Duration timeouts) throws InterruptedException {
    List<String> due = gone.stream().filter(topic -> !refused.contains(topic)).toList();
    Limits limits = connection.link().limits();
    if (due.isEmpty() || !limits.retains()) {
      return Optional.empty();
    }
    PublishWindow publishing = new PublishWindow(connection, timeouts, due.size());
    for (int i = 0; i < due.size(); i++) {
      if (!publishing.send(i, retained(due.get(i), new byte[0]), limits.inFlight())) {
        break;
      }
    }
    publishing.finish();
    forget(due, publishing);
    return publishing
        .ending()
        .map(end -> new RetainedState.Failure(due.get(0), Optional.empty(), Optional.of(end)));
  }

  private void forget(List<String> due, PublishWindow publishing) {
    Set<String> cleared = new HashSet<>();
    for (int i = 0; i < due.size(); i++) {
      int reason = publishing.reason(i);
      if (reason == PublishWindow.UNKNOWN) {
        continue;
      }
      if (Reason.isFailure(reason)) {
        refused.add(due.get(i));
        LOG.warn(
            "the broker refuses to clear topic {}; retrying with the next connection: reason {}",
            due.get(i),
            Reason.code(reason));
      } else {
        cleared.add(due.get(i));
      }
    }
    sent.keySet().removeAll(cleared);
    try {
      remembered.set(without(remembered.all(), cleared));
    } catch (IOException e) {
      warn("cleared topics will be cleared again later", e);
    }
  }

  private void warn(String what, IOException e) {
    if (!warned) {
      warned = true;
      LOG.warn("{}: {}", what, e.getMessage());
    }
  }
}
