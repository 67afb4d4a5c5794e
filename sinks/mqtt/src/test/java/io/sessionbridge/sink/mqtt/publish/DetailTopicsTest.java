package io.sessionbridge.sink.mqtt.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.Kind;
import io.sessionbridge.health.Health;
import io.sessionbridge.sink.mqtt.link.Connection;
import io.sessionbridge.sink.mqtt.link.Publication;
import io.sessionbridge.sink.mqtt.link.Reason;
import io.sessionbridge.sink.mqtt.settings.MqttSinkConfig;
import io.sessionbridge.spi.HostActivity;
import io.sessionbridge.spi.HostActivity.State;
import io.sessionbridge.spi.HostCondition;
import io.sessionbridge.spi.HostState;
import io.sessionbridge.spi.LifeState;
import io.sessionbridge.spi.SessionState;
import io.sessionbridge.testkit.TestingConfig;
import io.sessionbridge.testkit.TestingHost;
import io.sessionbridge.testkit.storage.ModelStorage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The topics of activity and sessions. */
final class DetailTopicsTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final Duration PATIENCE = Duration.ofMillis(50);
  private static final Path FOLDER = Path.of("sink");
  private static final String BOTH = ", topics: [activity, session]";
  private static final HostActivity ACTIVE =
      new HostActivity(State.ACTIVE, NOON, HostActivity.PRESENCE);

  private final ModelStorage disk = new ModelStorage();
  private final Map<TestingLink, Integer> seen = new HashMap<>();

  private RetainedState presence(String more) {
    MqttSinkConfig config =
        TestingConfig.read(
            MqttSinkConfig.SPEC, "{server: \"tcp://broker\", version: 5" + more + "}");
    RememberedTopics remembered = new RememberedTopics("bus", disk, FOLDER);
    StateDocument document = new StateDocument(new TestingHost(), Optional.empty());
    return new RetainedState(config, document, new DetailTopics(config, document, remembered));
  }

  private static HostState now(HostActivity activity, int... sessions) {
    return new HostState(
        NOON,
        Health.up(),
        IntStream.of(sessions).mapToObj(DetailTopicsTest::session).toList(),
        HostCondition.UNKNOWN,
        Optional.ofNullable(activity));
  }

  private static SessionState session(int id) {
    return new SessionState(
        id,
        Optional.of("kim"),
        Optional.of("CONTOSO"),
        Optional.of(false),
        Optional.of(true),
        Kind.LOGON,
        NOON,
        Optional.of("e-" + id),
        Optional.of(LifeState.ACTIVE),
        Optional.of(NOON));
  }

  private static TestingLink answering() {
    TestingLink link = new TestingLink(10, 1 << 20);
    return link.onPublish(place -> link.answer(place, Reason.SUCCESS));
  }

  /** The topics published since, without the host's part; cleared ones with a dash. */
  private List<String> published(TestingLink link) {
    List<String> shown = new ArrayList<>();
    int from = seen.getOrDefault(link, 0);
    seen.put(link, link.published.size());
    for (Publication one : link.published.subList(from, link.published.size())) {
      assertThat(one.retained()).isTrue();
      String topic = one.topic().replace("sessionbridge/WS-TEST/", "");
      shown.add(one.body().length == 0 ? "-" + topic : topic);
    }
    return shown;
  }

  @Test
  void nothingIsPublishedWithoutTheKey() throws Exception {
    TestingLink link = answering();
    assertThat(presence("").show(link.connection(), now(ACTIVE, 1), PATIENCE)).isEmpty();
    assertThat(published(link)).containsExactly("state", "availability");
    assertThat(disk.operations()).isZero();
  }

  @Test
  void eachHasItsDocument() throws Exception {
    TestingLink link = answering();
    assertThat(presence(BOTH).show(link.connection(), now(ACTIVE, 1), PATIENCE)).isEmpty();
    assertThat(link.published)
        .extracting(one -> new String(one.body(), UTF_8))
        .element(1)
        .isEqualTo(
            "{\"host_id\":\"6f0c8f6e-5a52-5d0b-9c57-1f0a2b3c4d5e\",\"host_name\":\"WS-TEST\","
                + "\"activity\":\"active\",\"since\":\"2026-11-20T12:00:00.000000Z\","
                + "\"basis\":\"presence\"}");
    assertThat(link.published)
        .extracting(one -> new String(one.body(), UTF_8))
        .element(2)
        .isEqualTo(
            "{\"host_id\":\"6f0c8f6e-5a52-5d0b-9c57-1f0a2b3c4d5e\",\"host_name\":\"WS-TEST\","
                + "\"session_id\":1,\"session_key\":\"e-1\",\"user_name\":\"kim\","
                + "\"user_domain\":\"CONTOSO\",\"locked\":false,\"connected\":true,"
                + "\"state\":\"active\",\"since\":\"2026-11-20T12:00:00.000000Z\","
                + "\"last_kind\":\"logon\",\"last_time\":\"2026-11-20T12:00:00.000000Z\"}");
    assertThat(published(link)).containsExactly("state", "activity", "session/1", "availability");
  }

  @Test
  void activityIsUnknownUntilItIsDetermined() throws Exception {
    TestingLink link = answering();
    assertThat(presence(BOTH).show(link.connection(), now(null), PATIENCE)).isEmpty();
    assertThat(new String(link.published.get(1).body(), UTF_8))
        .endsWith("\"activity\":\"unknown\"}");
  }

  @Test
  void onlyWhatChangedIsPublishedAgain() throws Exception {
    RetainedState presence = presence(BOTH);
    TestingLink link = answering();
    Connection connection = link.connection();
    assertThat(presence.show(connection, now(ACTIVE, 1, 2), PATIENCE)).isEmpty();
    published(link);
    assertThat(presence.show(connection, now(ACTIVE, 1, 2, 3), PATIENCE)).isEmpty();
    assertThat(published(link)).containsExactly("state", "session/3");
    HostActivity idle = new HostActivity(State.IDLE, NOON, HostActivity.LOCKED);
    assertThat(presence.show(connection, now(idle, 1, 2, 3), PATIENCE)).isEmpty();
    assertThat(published(link)).containsExactly("state", "activity");
    TestingLink another = answering();
    assertThat(presence.show(another.connection(), now(idle, 1, 2, 3), PATIENCE)).isEmpty();
    assertThat(published(another))
        .containsExactly(
            "state", "activity", "session/1", "session/2", "session/3", "availability");
  }

  @Test
  void anEndedSessionIsClearedOnce() throws Exception {
    RetainedState presence = presence(BOTH);
    TestingLink link = answering();
    Connection connection = link.connection();
    assertThat(presence.show(connection, now(ACTIVE, 1, 2), PATIENCE)).isEmpty();
    published(link);
    assertThat(presence.show(connection, now(ACTIVE, 2), PATIENCE)).isEmpty();
    assertThat(published(link)).containsExactly("-session/1", "state");
    assertThat(presence.show(connection, now(ACTIVE, 2), PATIENCE)).isEmpty();
    assertThat(published(link)).containsExactly("state");
    assertThat(presence.show(connection, now(ACTIVE, 1, 2), PATIENCE)).isEmpty();
    assertThat(published(link))
        .as("the number is used again")
        .containsExactly("state", "session/1");
  }

  @Test
  void aLaterRunClearsWhatACrashLeft() throws Exception {
    assertThat(presence(BOTH).show(answering().connection(), now(ACTIVE, 1, 2), PATIENCE))
        .isEmpty();
    disk.crash(new Random(1));
    TestingLink link = answering();
    assertThat(presence(BOTH).show(link.connection(), now(ACTIVE, 2), PATIENCE)).isEmpty();
    assertThat(published(link))
        .containsExactly("-session/1", "state", "activity", "session/2", "availability");
  }

  @Test
  void anAnswerThatNeverCameMakesItClearedAgain() throws Exception {
    RetainedState presence = presence(BOTH);
    TestingLink link = answering();
    Connection connection = link.connection();
    assertThat(presence.show(connection, now(ACTIVE, 1), PATIENCE)).isEmpty();
    link.onPublish(place -> {});
    assertThat(presence.show(connection, now(ACTIVE), PATIENCE)).isPresent();
    assertThat(published(link)).endsWith("-session/1");
    TestingLink another = answering();
    assertThat(presence.show(another.connection(), now(ACTIVE), PATIENCE)).isEmpty();
    assertThat(published(another)).startsWith("-session/1", "state");
  }

  @Test
  void aConfigurationWithoutTheKeyClearsAll() throws Exception {
    assertThat(presence(BOTH).show(answering().connection(), now(ACTIVE, 1), PATIENCE)).isEmpty();
    TestingLink link = answering();
    assertThat(presence("").show(link.connection(), now(ACTIVE, 1), PATIENCE)).isEmpty();
    assertThat(published(link)).containsExactly("-activity", "-session/1", "state", "availability");
    TestingLink another = answering();
    assertThat(presence("").show(another.connection(), now(ACTIVE, 1), PATIENCE)).isEmpty();
    assertThat(published(another)).containsExactly("state", "availability");
  }

  @Test
  void aConfigurationWithOtherNamesClearsTheFormer() throws Exception {
    assertThat(presence(BOTH).show(answering().connection(), now(ACTIVE, 1), PATIENCE)).isEmpty();
    TestingLink link = answering();
    String others = BOTH + ", session_topic: \"s/<host_id>/<session_id>\", topic_prefix: it";
    assertThat(presence(others).show(link.connection(), now(ACTIVE, 1), PATIENCE)).isEmpty();
    assertThat(published(link))
        .containsExactly(
            "-activity",
            "-session/1",
            "it/WS-TEST/state",
            "it/WS-TEST/activity",
            "s/6f0c8f6e-5a52-5d0b-9c57-1f0a2b3c4d5e/1",
            "it/WS-TEST/availability");
  }

  /** The permission may be removed together with the key: presence and events continue. */
  @Test
  void aBrokerThatClearsNothingStopsNothing() throws Exception {
    assertThat(presence(BOTH).show(answering().connection(), now(ACTIVE, 1), PATIENCE)).isEmpty();
    RetainedState presence = presence("");
    TestingLink link = new TestingLink(10, 1 << 20);
    link.onPublish(
        place ->
            link.answer(
                place,
                link.published.get(place).body().length == 0
                    ? Reason.NOT_AUTHORIZED
                    : Reason.SUCCESS));
    Connection connection = link.connection();
    assertThat(presence.show(connection, now(ACTIVE, 1), PATIENCE)).isEmpty();
    assertThat(link.published)
        .extracting(Publication::topic)
        .contains("sessionbridge/WS-TEST/state", "sessionbridge/WS-TEST/availability");
    TestingLink another = answering();
    assertThat(presence.show(another.connection(), now(ACTIVE, 1), PATIENCE)).isEmpty();
    assertThat(published(another)).startsWith("-activity", "-session/1");
  }

  @Test
  void whatCannotBeRecordedIsNotPublished() throws Exception {
    RetainedState presence = presence(BOTH);
    TestingLink link = answering();
    Connection connection = link.connection();
    assertThat(presence.show(connection, now(ACTIVE, 1), PATIENCE)).isEmpty();
    published(link);
    disk.failAt(0, 1_000, "no space left on device");
    HostActivity idle = new HostActivity(State.IDLE, NOON, HostActivity.LOCKED);
    assertThat(presence.show(connection, now(idle, 1, 2), PATIENCE)).isEmpty();
    assertThat(published(link)).as("what is noted goes on").containsExactly("state", "activity");
    disk.failAt(0, 0, "");
    assertThat(presence.show(connection, now(idle, 1, 2), PATIENCE)).isEmpty();
    assertThat(published(link)).containsExactly("state", "session/2");
  }
}
