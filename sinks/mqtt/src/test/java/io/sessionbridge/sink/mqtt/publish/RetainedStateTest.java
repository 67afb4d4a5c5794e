package io.sessionbridge.sink.mqtt.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.event.Kind;
import io.sessionbridge.health.Health;
import io.sessionbridge.sink.mqtt.link.Connection;
import io.sessionbridge.sink.mqtt.link.Ending;
import io.sessionbridge.sink.mqtt.link.Publication;
import io.sessionbridge.sink.mqtt.link.Reason;
import io.sessionbridge.sink.mqtt.link.Version;
import io.sessionbridge.sink.mqtt.settings.MqttSinkConfig;
import io.sessionbridge.spi.HostState;
import io.sessionbridge.spi.SessionState;
import io.sessionbridge.testkit.TestingConfig;
import io.sessionbridge.testkit.TestingHost;
import io.sessionbridge.testkit.storage.ModelStorage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The retained messages about the host. */
final class RetainedStateTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final Duration PATIENCE = Duration.ofMillis(50);

  private final RetainedState presence =
      presence(TestingConfig.read(MqttSinkConfig.SPEC, "{server: \"tcp://broker\", version: 5}"));

  private static RetainedState presence(MqttSinkConfig config) {
    RememberedTopics remembered = new RememberedTopics("bus", new ModelStorage(), Path.of("sink"));
    StateDocument document = new StateDocument(new TestingHost(), Optional.empty());
    return new RetainedState(config, document, new DetailTopics(config, document, remembered));
  }

  private static HostState now(int sessions) {
    return new HostState(
        NOON,
        Health.up(),
        IntStream.range(0, sessions).mapToObj(RetainedStateTest::session).toList());
  }

  private static SessionState session(int id) {
    return new SessionState(
        id,
        Optional.of("kim"),
        Optional.of("CONTOSO"),
        Optional.empty(),
        Optional.empty(),
        Kind.LOGON,
        NOON);
  }

  private static TestingLink answering(long packetBytes) {
    TestingLink link = new TestingLink(10, packetBytes);
    return link.onPublish(place -> link.answer(place, Reason.SUCCESS));
  }

  private static List<String> bodies(TestingLink link) {
    return link.published.stream().map(one -> new String(one.body(), UTF_8)).toList();
  }

  @Test
  void onlineIsPublishedOncePerConnection() throws Exception {
    TestingLink link = answering(1 << 20);
    Connection connection = link.connection();
    assertThat(presence.show(connection, now(0), PATIENCE)).isEmpty();
    assertThat(presence.show(connection, now(1), PATIENCE)).isEmpty();
    assertThat(link.published)
        .extracting(Publication::topic)
        .containsExactly(
            "sessionbridge/WS-TEST/state",
            "sessionbridge/WS-TEST/availability",
            "sessionbridge/WS-TEST/state");
    assertThat(link.published).allMatch(Publication::retained);
  }

  @Test
  void stateThatWasNotAcceptedIsPublishedAgain() throws Exception {
    TestingLink link = new TestingLink(10, 1 << 20);
    Connection connection = link.connection();
    link.onPublish(place -> link.answer(place, place == 0 ? Reason.QUOTA : Reason.SUCCESS));
    assertThat(presence.show(connection, now(0), PATIENCE))
        .contains(
            new RetainedState.Failure(
                "sessionbridge/WS-TEST/state", Optional.of(Reason.QUOTA), Optional.empty()));
    assertThat(link.published).as("online would be a lie about an old state").hasSize(1);
    link.onPublish(place -> link.answer(place, Reason.SUCCESS));
    assertThat(presence.show(connection, now(0), PATIENCE)).isEmpty();
    assertThat(link.published).hasSize(3);
  }

  @Test
  void aMissingAnswerIsReported() throws Exception {
    TestingLink link = new TestingLink(10, 1 << 20);
    assertThat(presence.show(link.connection(), now(0), PATIENCE))
        .contains(
            new RetainedState.Failure(
                "sessionbridge/WS-TEST/state", Optional.empty(), Optional.of(new Ending.Silent())));
  }

  @Test
  void windowOfOneIsEnough() throws Exception {
    TestingLink link = new TestingLink(1, 1 << 20);
    link.onPublish(place -> link.answer(place, Reason.SUCCESS));
    assertThat(presence.show(link.connection(), now(0), PATIENCE)).isEmpty();
    assertThat(link.published).hasSize(2);
  }

  @Test
  void sessionsThatDoNotFitAreCounted() throws Exception {
    TestingLink link = answering(1024);
    assertThat(presence.show(link.connection(), now(40), PATIENCE)).isEmpty();
    assertThat(link.published.get(0).packetBytes(Version.V5)).isLessThanOrEqualTo(1024);
    assertThat(bodies(link).get(0))
        .contains("\"session_id\":0,", "\"session_id\":4,", "\"sessions_left_out\":35}")
        .doesNotContain("\"session_id\":5,");
    assertThat(bodies(link).get(1)).isEqualTo("online");
  }

  @Test
  void offlineIsPublishedAfterOnline() throws Exception {
    TestingLink link = answering(1 << 20);
    Connection connection = link.connection();
    assertThat(presence.leave(connection, PATIENCE)).isTrue();
    assertThat(link.published).as("nobody said online").isEmpty();
    assertThat(presence.show(connection, now(0), PATIENCE)).isEmpty();
    assertThat(presence.leave(connection, PATIENCE)).isTrue();
    assertThat(bodies(link)).endsWith("online", "offline");
  }

  @Test
  void offlineIsPublishedIfOnlineMayHaveBeen() {
    TestingLink link = new TestingLink(10, 1 << 20);
    Connection connection = link.connection();
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> presence.show(connection, now(0), PATIENCE))
        .isInstanceOf(InterruptedException.class);
    link.onPublish(place -> link.answer(place, Reason.SUCCESS));
    assertThat(leave(connection)).isTrue();
    assertThat(bodies(link)).endsWith("online", "offline");
  }

  private boolean leave(Connection connection) {
    try {
      return presence.leave(connection, PATIENCE);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
