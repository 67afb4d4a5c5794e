package io.sessionbridge.sink.mqtt.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.Kind;
import io.sessionbridge.health.Health;
import io.sessionbridge.spi.HostActivity;
import io.sessionbridge.spi.HostActivity.State;
import io.sessionbridge.spi.HostCondition;
import io.sessionbridge.spi.HostCondition.Display;
import io.sessionbridge.spi.HostCondition.Presence;
import io.sessionbridge.spi.HostState;
import io.sessionbridge.spi.LifeState;
import io.sessionbridge.spi.SessionState;
import io.sessionbridge.testkit.TestingHost;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The whole document. A name in it may be added, but never renamed or removed: home automation and
 * batch systems read it.
 */
class StateDocumentTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  @Test
  void hasTheseNamesForKnownValues() {
    HostState state =
        new HostState(
            NOON,
            Health.degraded("k1:9092 does not answer"),
            List.of(session(1, true), session(2, true)),
            new HostCondition(
                Optional.of(Presence.PRESENT),
                Optional.of(Display.DIMMED),
                Optional.of(true),
                Optional.of(false)),
            Optional.of(new HostActivity(State.ACTIVE, NOON, HostActivity.PRESENCE)));

    assertThat(new String(of(Optional.empty(), state), UTF_8))
        .isEqualTo(
            "{\"time\":\"2026-11-20T12:00:00.000000Z\","
                + "\"host_id\":\"6f0c8f6e-5a52-5d0b-9c57-1f0a2b3c4d5e\",\"host_name\":\"WS-TEST\","
                + "\"health\":\"degraded\","
                + "\"activity\":\"active\",\"since\":\"2026-11-20T12:00:00.000000Z\","
                + "\"basis\":\"presence\","
                + "\"presence\":\"present\",\"display\":\"dimmed\",\"on_battery\":true,"
                + "\"display_requested\":false,"
                + "\"sessions\":[{\"session_id\":1,\"session_key\":\"e-1\","
                + "\"user_name\":\"kim\",\"user_domain\":\"CONTOSO\","
                + "\"locked\":true,\"connected\":true,\"state\":\"locked\","
                + "\"since\":\"2026-11-20T12:00:00.000000Z\",\"last_kind\":\"lock\","
                + "\"last_time\":\"2026-11-20T12:00:00.000000Z\"}],"
                + "\"sessions_left_out\":1}");
  }

  @Test
  void omitsUnknownValues() {
    HostState state = new HostState(NOON, Health.up(), List.of(session(1, false)));

    assertThat(new String(of(Optional.empty(), state), UTF_8))
        .isEqualTo(
            "{\"time\":\"2026-11-20T12:00:00.000000Z\","
                + "\"host_id\":\"6f0c8f6e-5a52-5d0b-9c57-1f0a2b3c4d5e\",\"host_name\":\"WS-TEST\","
                + "\"health\":\"up\",\"sessions\":[{\"session_id\":1,\"last_kind\":\"lock\","
                + "\"last_time\":\"2026-11-20T12:00:00.000000Z\"}]}");
  }

  @Test
  void namesTheKeyOfItsPseudonyms() {
    HostState state = new HostState(NOON, Health.up(), List.of());
    String name = "\"host_name\":\"WS-TEST\",\"key_id\":\"74c49657\",";
    assertThat(new String(of(Optional.of("74c49657"), state), UTF_8)).contains(name);
    StateDocument document = new StateDocument(new TestingHost(), Optional.of("74c49657"));
    assertThat(new String(document.ofActivity(state), UTF_8)).contains(name);
    assertThat(new String(document.ofSession(session(1, true)), UTF_8)).contains(name);
  }

  private static byte[] of(Optional<String> keyId, HostState state) {
    return new StateDocument(new TestingHost(), keyId).of(state, 1);
  }

  private static SessionState session(int id, boolean known) {
    return new SessionState(
        id,
        Optional.of("kim").filter(name -> known),
        Optional.of("CONTOSO").filter(name -> known),
        Optional.of(true).filter(locked -> known),
        Optional.of(true).filter(connected -> known),
        Kind.LOCK,
        NOON,
        Optional.of("e-1").filter(key -> known),
        Optional.of(LifeState.LOCKED).filter(state -> known),
        Optional.of(NOON).filter(since -> known));
  }
}
