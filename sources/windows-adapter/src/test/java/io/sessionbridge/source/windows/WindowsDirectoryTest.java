package io.sessionbridge.source.windows;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.spi.HandOff.Stamped;
import io.sessionbridge.spi.PluginModule;
import io.sessionbridge.spi.SessionDirectory;
import io.sessionbridge.windows.SessionChange;
import io.sessionbridge.windows.SessionCode;
import io.sessionbridge.windows.session.ChangedSession;
import io.sessionbridge.windows.session.WindowsMachine;
import io.sessionbridge.windows.session.facts.AccountType;
import io.sessionbridge.windows.session.facts.ClientFacts;
import io.sessionbridge.windows.session.facts.ConnectState;
import io.sessionbridge.windows.session.facts.LogonFacts;
import io.sessionbridge.windows.session.facts.Protocol;
import io.sessionbridge.windows.session.facts.SessionFacts;
import io.sessionbridge.windows.session.facts.StationFacts;
import io.sessionbridge.windows.session.facts.UserFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WindowsDirectoryTest {

  private static final Instant CONNECTED = Instant.parse("2026-11-20T09:30:00Z");
  private static final Instant DISCONNECTED = Instant.parse("2026-11-20T09:00:00Z");

  private static final SessionFacts KIM =
      new SessionFacts(
          3,
          new StationFacts(
              Optional.of("RDP-Tcp#17"),
              Optional.of(ConnectState.ACTIVE),
              Optional.of(Protocol.RDP),
              Optional.of(true),
              Optional.of(true),
              Optional.of(false),
              Optional.of(true),
              Optional.of(CONNECTED),
              Optional.of(DISCONNECTED)),
          new ClientFacts(Optional.of("LAPTOP"), Optional.of("192.0.2.7")),
          new UserFacts(
              Optional.of("kim"),
              Optional.of("CONTOSO"),
              Optional.of("S-1-5-21-1-2-3-1104"),
              Optional.of("kim@contoso.example"),
              Optional.of(AccountType.DOMAIN)),
          new LogonFacts(
              Optional.of(Instant.parse("2026-11-20T08:00:00.1234567Z")),
              Optional.of("0x1a2b"),
              Optional.of("remote_interactive"),
              Optional.of("Kerberos"),
              Optional.of("DC01"),
              Optional.of("CONTOSO.EXAMPLE"),
              Optional.of(false)));

  private static final String FIELDS =
      "\"station\":\"RDP-Tcp#17\",\"protocol\":\"rdp\",\"remote\":true,"
          + "\"session_state\":\"active\",\"locked\":false,\"remote_control\":true,"
          + "\"logon_time\":\"2026-11-20T08:00:00.123456Z\",\"client_name\":\"LAPTOP\","
          + "\"client_address\":\"192.0.2.7\",\"user_name\":\"kim\",\"user_domain\":\"CONTOSO\","
          + "\"user_sid\":\"S-1-5-21-1-2-3-1104\",\"user_upn\":\"kim@contoso.example\","
          + "\"account_type\":\"domain\",\"logon_id\":\"0x1a2b\","
          + "\"logon_type\":\"remote_interactive\",\"auth_package\":\"Kerberos\","
          + "\"logon_server\":\"DC01\",\"dns_domain\":\"CONTOSO.EXAMPLE\",\"elevated\":false}";

  private final List<String> asked = new ArrayList<>();
  private final WindowsDirectory directory =
      new WindowsDirectory(
          (session, change) -> {
            asked.add(session + " " + change.map(SessionCode::name).orElse("-"));
            return change.isPresent()
                ? new ChangedSession(KIM, Optional.of(true))
                : new ChangedSession(SessionFacts.unknown(session), Optional.empty());
          },
          () -> List.of(KIM, SessionFacts.unknown(4)),
          () -> Optional.of("a right is missing"));

  @Test
  void addsTheSessionToAnEvent() {
    EventData lock = EventData.builder(Kind.LOCK).put(Field.SESSION_ID, 3L).build();
    assertThat(directory.find(lock).orElseThrow().toString())
        .isEqualTo("{\"confirmed\":true," + FIELDS);
    assertThat(asked).containsExactly("3 SESSION_LOCK");
  }

  @Test
  void asksAboutEventsThatAreNoChangeToo() {
    EventData saver = EventData.builder(Kind.SCREENSAVER_START).put(Field.SESSION_ID, 4L).build();
    assertThat(directory.find(saver).orElseThrow().toString()).isEqualTo("{}");
    assertThat(directory.find(EventData.builder(Kind.LOCK).build())).isEmpty();
    assertThat(asked).containsExactly("4 -");
  }

  @Test
  void listsTheSessions() {
    assertThat(directory.all())
        .extracting(EventData::toString)
        .containsExactly(
            "{\"kind\":\"session_present\",\"session_id\":3," + FIELDS,
            "{\"kind\":\"session_present\",\"session_id\":4}");
    assertThat(directory.problem()).contains("a right is missing");
  }

  @Test
  void reportsTheConnectTime() {
    assertThat(directory.existing())
        .extracting(SessionDirectory.Existing::connectTime)
        .containsExactly(Optional.of(CONNECTED), Optional.empty());
    assertThat(directory.existing())
        .extracting(SessionDirectory.Existing::disconnectTime)
        .containsExactly(Optional.of(DISCONNECTED), Optional.empty());
    assertThat(directory.existing())
        .extracting(SessionDirectory.Existing::data)
        .isEqualTo(directory.all());
  }

  @Test
  void everyChangeHasItsKind() {
    for (SessionCode code : SessionCode.values()) {
      Kind kind = kindOf(code);
      assertThat(SessionChangeTranslator.code(kind)).contains(code);
    }
    assertThat(SessionChangeTranslator.code(Kind.OTHER)).isEmpty();
  }

  private static Kind kindOf(SessionCode code) {
    return SessionChangeTranslator.translate(
            new Stamped<>(new SessionChange(code.value(), 1), Instant.EPOCH, OptionalLong.empty()))
        .orElseThrow()
        .data()
        .kind();
  }

  @Test
  void asksAboutTheMachineOnce() {
    AtomicInteger times = new AtomicInteger();
    Optional<String> none = Optional.empty();
    WindowsHostFacts host =
        new WindowsHostFacts(
            () -> {
              times.incrementAndGet();
              return new WindowsMachine(
                  Optional.of("ws-7"),
                  Optional.of("ws-7.contoso.example"),
                  Optional.of("contoso.example"),
                  Optional.of("guid/uuid"),
                  none);
            },
            () -> 5000);
    assertThat(times).hasValue(0);
    assertThat(host.name()).isEqualTo("ws-7");
    assertThat(host.fqdn()).contains("ws-7.contoso.example");
    assertThat(host.domain()).contains("contoso.example");
    assertThat(host.machineId()).contains("guid/uuid");
    assertThat(host.bootId()).isEmpty();
    assertThat(host.uptimeMillis()).hasValue(5000);
    assertThat(times).hasValue(1);
  }

  @Test
  void isFound() {
    assertThat(ServiceLoader.load(PluginModule.class))
        .hasAtLeastOneElementOfType(WindowsModule.class);
  }
}
