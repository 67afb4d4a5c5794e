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
 * remembered before it is published and until the broker has cleared it, so that no session stays
 * there that is over, whatever became of the agent meanwhile.
 *
 * <p>For one thread.
 */
public final class DetailTopics {

  private static final Logger LOG = LoggerFactory.getLogger(DetailTopics.class);

  private final StateDocument document;
  private final int qos;
  private final Version version;
  private final Topics topics;
  private final RememberedTopics remembered;

  /** What was published over this connection, by topic. */
  private final Map<String, byte[]> told = new HashMap<>();

  /** What the broker did not clear over this connection. */
  private final Set<String> refused = new HashSet<>();

  private List<Publication> news = List.of();
  private @Nullable Connection over;
  private boolean warned;

  public DetailTopics(MqttSinkConfig config, StateDocument document, RememberedTopics remembered) {
    this.document = document;
    this.qos = config.qos();
    this.version = config.version();
    this.topics = config.topics();
    this.remembered = remembered;
  }

  /**
   * Takes a state in, and clears what is over. {@link #news} is to be published next.
   *
   * @return empty if the broker goes on
   */
  Optional<RetainedState.Failure> take(Connection connection, HostState now, Duration timeouts)
      throws InterruptedException {
    return take(connection, wanted(now), timeouts);
  }

  /** Clears all that an earlier configuration published. */
  Optional<RetainedState.Failure> clear(Connection connection, Duration timeouts)
      throws InterruptedException {
    return take(connection, List.of(), timeouts);
  }

  /** What the broker does not have yet. */
  List<Publication> news() {
    return news;
  }

  /** The broker has it. */
  void published() {
    news.forEach(publication -> told.put(publication.topic(), publication.body()));
    news = List.of();
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
    if (connection != over) {
      over = connection;
      told.clear();
      refused.clear();
    }
    news = List.of();
    long mostBytes = connection.link().limits().packetBytes();
    List<Publication> wanted =
        all.stream().filter(one -> !one.isLargerThan(mostBytes, version)).toList();
    Set<String> names = wanted.stream().map(Publication::topic).collect(toSet());
    Set<String> known = remember(names);
    news =
        wanted.stream()
            .filter(one -> known.contains(one.topic()))
            .filter(one -> !Arrays.equals(told.get(one.topic()), one.body()))
            .toList();
    return clear(connection, without(known, names), timeouts);
  }

  private static Set<String> without(Set<String> all, Set<String> some) {
    Set<String> rest = new TreeSet<>(all);
    rest.removeAll(some);
    return rest;
  }

  /** All that is remembered then: what cannot be is not published, or nobody could clear it. */
  private Set<String> remember(Set<String> names) {
    Set<String> known = Set.of();
    try {
      known = remembered.all();
      Set<String> both = new TreeSet<>(known);
      both.addAll(names);
      remembered.set(both);
      return both;
    } catch (IOException e) {
      warn("new topics of key topics are not published, because they cannot be noted", e);
      return known;
    }
  }

  /** An empty retained message takes the one before away (MQTT 3.1.1 and 5, 3.3.1.3). */
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
            "the broker does not clear topic {}, which is tried again with the next connection:"
                + " reason {}",
            due.get(i),
            Reason.code(reason));
      } else {
        cleared.add(due.get(i));
      }
    }
    told.keySet().removeAll(cleared);
    try {
      remembered.set(without(remembered.all(), cleared));
    } catch (IOException e) {
      warn("topics that are cleared are cleared again later", e);
    }
  }

  private void warn(String what, IOException e) {
    if (!warned) {
      warned = true;
      LOG.warn("{}: {}", what, e.getMessage());
    }
  }
}
