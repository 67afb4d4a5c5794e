package io.sessionbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.control.ControlClient;
import io.sessionbridge.control.JsonLine;
import io.sessionbridge.control.UnixTransport;
import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.journal.JournalConfig;
import io.sessionbridge.spi.SessionDirectory;
import io.sessionbridge.storage.FileStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A whole agent, queried over its control channel. */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class BridgeControlTest {

  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path folder;
  private TestingBridge agent;

  /** No session exists before the source reports one. */
  private static final class NoSessions implements SessionDirectory {
    @Override
    public Optional<EventData> find(EventData event) {
      return Optional.empty();
    }

    @Override
    public List<EventData> all() {
      return List.of();
    }
  }

  @BeforeEach
  void start() throws Exception {
    agent =
        new TestingBridge(folder, new FileStorage(), JournalConfig.defaults(), "lake", "pond")
            .withDirectory(new NoSessions())
            .withControl(Duration.ofMillis(300));
    agent.start();
  }

  @AfterEach
  void close() {
    agent.close();
  }

  private ControlClient client() throws IOException {
    UnixTransport transport = new UnixTransport();
    return ControlClient.connect(transport, transport.defaultAddresses(folder), "1.0");
  }

  private void report(Kind kind) {
    agent
        .source()
        .report(
            EventData.builder(kind).put(Field.SESSION_ID, 2L).put(Field.USER_NAME, "kim").build());
  }

  private static JsonLine await(ControlClient client, Predicate<JsonLine> condition)
      throws IOException {
    JsonLine last = null;
    for (long end = System.nanoTime() + SOON.toNanos(); System.nanoTime() < end; ) {
      Optional<JsonLine> next = client.nextState(Duration.ofSeconds(1));
      last = next.orElse(last);
      if (next.filter(condition).isPresent()) {
        return next.get();
      }
    }
    throw new AssertionError("the last state is " + last);
  }

  private static boolean is(JsonLine state, String name, boolean value) {
    return state.flag(name).equals(Optional.of(value));
  }

  @Test
  void reportsTheStateOfTheHost() throws Exception {
    try (ControlClient client = client()) {
      client.follow();
      await(client, state -> state.has("reason") && !state.has("nobody"));
      agent.source().reconcile("start");
      JsonLine idle = await(client, state -> state.text("activity").equals(Optional.of("idle")));
      assertThat(is(idle, "nobody", true) && is(idle, "locked", true)).isTrue();

      report(Kind.LOGON);
      JsonLine used =
          await(
              client,
              state ->
                  is(state, "nobody", false)
                      && state.text("activity").equals(Optional.of("unknown")));
      assertThat(used.objects("sessions")).hasSize(1);
      assertThat(used.text("reason"))
          .hasValue("a session is or may be in use, and no source reports user presence");

      report(Kind.LOCK);
      await(client, state -> is(state, "locked", true) && is(state, "nobody", false));
      await(client, state -> state.text("activity").equals(Optional.of("idle")));
    }
  }

  @Test
  void showsEventsAndMovesNoCursor() throws Exception {
    agent.scrapeUntil("it delivered its start", scrape -> agent.sink("lake").check().isUp());
    agent.sink("lake").down("dry");
    try (ControlClient client = client()) {
      client.tap(Optional.of("lake"), Set.of("lock"));
      report(Kind.LOGON);
      report(Kind.LOCK);
      JsonLine event = client.nextEvent(SOON).orElseThrow().object("event");
      assertThat(event.text("kind")).hasValue("lock");
      assertThat(event.text("user_name")).hasValue("kim");
      assertThatThrownBy(() -> client().tap(Optional.of("river"), Set.of()))
          .hasMessage("the agent has no sink river; it has lake, pond");
    }
    try (ControlClient client = client()) {
      JsonLine lake = client.status().object("status").objects("backlogs").get(0);
      assertThat(lake.number("pending_events").orElseThrow()).isGreaterThanOrEqualTo(2);
    }
    try (Stream<Path> cursors = Files.list(folder.resolve("cursors"))) {
      assertThat(cursors.map(file -> file.getFileName().toString()))
          .filteredOn(name -> !name.startsWith(".") && name.endsWith(".cursor"))
          .containsExactlyInAnyOrder("lake.cursor", "pond.cursor");
    }
    agent.sink("lake").up();
  }

  /** State from before a start is kept, but is not presented as current. */
  @Test
  void marksActivityFromBeforeTheStart() throws Exception {
    agent.source().reconcile("start");
    try (ControlClient client = client()) {
      client.follow();
      JsonLine idle = await(client, state -> state.text("activity").equals(Optional.of("idle")));
      assertThat(idle.has("judged")).isFalse();
    }
    agent.close();
    agent.start();
    try (ControlClient client = client()) {
      client.follow();
      JsonLine before = await(client, state -> state.text("activity").equals(Optional.of("idle")));
      assertThat(is(before, "judged", false)).isTrue();
      assertThat(before.text("reason"))
          .hasValueSatisfying(
              reason ->
                  assertThat(reason).startsWith("the agent has not compared the sessions yet"));
      agent.source().reconcile("start");
      await(client, state -> !state.has("judged"));
    }
  }

  @Test
  void reportsTheStatusOfTheAgent() throws Exception {
    report(Kind.LOGON);
    try (ControlClient client = client()) {
      JsonLine status = client.status();
      while (!status.object("status").object("last_event").has("user_name")) {
        status = client.status();
      }
      JsonLine reported = status.object("status");
      assertThat(reported.objects("backlogs"))
          .extracting(backlog -> backlog.text("sink").orElseThrow())
          .containsExactly("lake", "pond");
      assertThat(reported.objects("parts"))
          .extracting(part -> part.text("kind").orElseThrow())
          .contains("journal", "source", "sink", "directory", "http", "control");
      assertThat(reported.object("last_event").text("user_name")).hasValue("kim");
      assertThat(status.object("state").has("activity")).isTrue();
    }
  }
}
