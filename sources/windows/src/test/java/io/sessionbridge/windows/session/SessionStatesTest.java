package io.sessionbridge.windows.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.windows.SessionCode;
import io.sessionbridge.windows.session.facts.ConnectState;
import io.sessionbridge.windows.session.facts.SessionFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The states that must come out right. A row changes the machine and replays what Windows reports
 * of it; for each report it says what the directory knows.
 */
class SessionStatesTest {

  private static final Instant NINE = Instant.parse("2026-11-20T09:00:00Z");
  private static final Instant TEN = Instant.parse("2026-11-20T10:00:00Z");

  /** A row of the table. */
  record Row(String name, List<Consumer<Machine>> steps, List<String> expected) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** The machine and its reports. */
  static final class Machine {
    final TestingSessionCalls windows = new TestingSessionCalls();
    final WindowsSessions directory = new WindowsSessions(windows);
    final List<String> reported = new ArrayList<>();

    TestingSessionCalls.Session session(long id) {
      return windows.session(id);
    }

    void report(long session, SessionCode code) {
      ChangedSession changed = directory.changed(session, Optional.of(code));
      reported.add(
          code + " " + text(changed.facts()) + " " + word(changed.confirmed(), "confirmed"));
    }

    void look() {
      directory.all().forEach(facts -> reported.add("present " + text(facts)));
    }

    private static String text(SessionFacts facts) {
      return facts.sessionId()
          + " "
          + facts.user().name().orElse("nobody")
          + " "
          + facts.station().name().orElse("-")
          + " "
          + facts.station().state().map(ConnectState::wireName).orElse("?")
          + " "
          + word(facts.station().locked(), "locked");
    }

    private static String word(Optional<Boolean> value, String word) {
      return value.map(it -> it ? word : "not-" + word).orElse("?");
    }
  }

  private static Row row(String name, List<Consumer<Machine>> steps, String... expected) {
    return new Row(name, steps, List.of(expected));
  }

  private static Consumer<Machine> report(long session, SessionCode code) {
    return machine -> machine.report(session, code);
  }

  private static Consumer<Machine> now(Consumer<Machine> change) {
    return change;
  }

  /** A known user has been at the console since nine. */
  private static void kimAtTheConsole(Machine machine) {
    machine.session(1).logOn("kim", NINE).at("Console");
    machine.directory.all();
  }

  private static Consumer<Machine> locked(long session, boolean locked) {
    return machine -> machine.session(session).locked = Optional.of(locked);
  }

  static Stream<Row> table() {
    return Stream.of(
        row(
            "logon screen with nobody",
            List.of(
                now(m -> m.session(1).at("Console").locked = Optional.of(false)), Machine::look),
            "present 1 nobody Console connected ?"),
        row(
            "logon screen of which Windows says that it is locked",
            List.of(now(m -> m.session(1).at("Console").locked = Optional.of(true)), Machine::look),
            "present 1 nobody Console connected ?"),
        row(
            "logon at the console",
            List.of(
                now(m -> m.session(1).at("Console")),
                report(1, SessionCode.CONSOLE_CONNECT),
                now(m -> m.session(1).logOn("kim", NINE)),
                report(1, SessionCode.SESSION_LOGON)),
            "CONSOLE_CONNECT 1 nobody Console connected ? confirmed",
            "SESSION_LOGON 1 kim Console active not-locked confirmed"),
        row(
            "lock and unlock at the console",
            List.of(
                SessionStatesTest::kimAtTheConsole,
                locked(1, true),
                report(1, SessionCode.SESSION_LOCK),
                locked(1, false),
                report(1, SessionCode.SESSION_UNLOCK)),
            "SESSION_LOCK 1 kim Console active locked confirmed",
            "SESSION_UNLOCK 1 kim Console active not-locked confirmed"),
        row(
            "logoff at the console, the names gone, then the next logon screen",
            List.of(
                SessionStatesTest::kimAtTheConsole,
                now(m -> m.session(1).logOff()),
                report(1, SessionCode.SESSION_LOGOFF),
                now(m -> m.session(1).disconnect()),
                report(1, SessionCode.CONSOLE_DISCONNECT),
                now(m -> m.windows.end(1)),
                report(1, SessionCode.SESSION_TERMINATE),
                now(m -> m.session(3).at("Console")),
                report(3, SessionCode.SESSION_CREATE),
                report(3, SessionCode.CONSOLE_CONNECT),
                Machine::look),
            "SESSION_LOGOFF 1 kim Console active ? confirmed",
            "CONSOLE_DISCONNECT 1 nobody - disconnected ? confirmed",
            "SESSION_TERMINATE 1 kim Console ? ? confirmed",
            "SESSION_CREATE 3 nobody Console connected ? confirmed",
            "CONSOLE_CONNECT 3 nobody Console connected ? confirmed",
            "present 3 nobody Console connected ?"),
        row(
            "logoff, and the same number for the next user",
            List.of(
                SessionStatesTest::kimAtTheConsole,
                now(m -> m.session(1).logOff()),
                report(1, SessionCode.SESSION_LOGOFF),
                now(m -> m.session(1).logOn("ann", TEN)),
                report(1, SessionCode.SESSION_LOGON),
                report(1, SessionCode.SESSION_LOCK)),
            "SESSION_LOGOFF 1 kim Console active ? confirmed",
            "SESSION_LOGON 1 ann Console active not-locked confirmed",
            "SESSION_LOCK 1 ann Console active not-locked not-confirmed"),
        row(
            "logoff reported after the next logon",
            List.of(
                SessionStatesTest::kimAtTheConsole,
                now(m -> m.session(1).logOff().logOn("ann", TEN)),
                report(1, SessionCode.SESSION_LOGOFF),
                report(1, SessionCode.SESSION_LOGON)),
            "SESSION_LOGOFF 1 kim Console active not-locked confirmed",
            "SESSION_LOGON 1 ann Console active not-locked confirmed"),
        row(
            "fast user switch to a user who is logged on",
            List.of(
                SessionStatesTest::kimAtTheConsole,
                now(m -> m.session(2).logOn("ann", TEN).disconnect().locked = Optional.of(true)),
                now(m -> m.session(1).disconnect().locked = Optional.of(true)),
                report(1, SessionCode.CONSOLE_DISCONNECT),
                now(m -> m.session(2).at("Console")),
                report(2, SessionCode.CONSOLE_CONNECT),
                locked(2, false),
                report(2, SessionCode.SESSION_UNLOCK),
                Machine::look),
            "CONSOLE_DISCONNECT 1 kim Console disconnected locked confirmed",
            "CONSOLE_CONNECT 2 ann Console active locked confirmed",
            "SESSION_UNLOCK 2 ann Console active not-locked confirmed",
            "present 1 kim - disconnected locked",
            "present 2 ann Console active not-locked"),
        row(
            "RDP takes over the console's session",
            List.of(
                SessionStatesTest::kimAtTheConsole,
                now(m -> m.session(1).at("RDP-Tcp#0")),
                report(1, SessionCode.CONSOLE_DISCONNECT),
                report(1, SessionCode.REMOTE_CONNECT),
                now(m -> m.session(3).at("Console")),
                report(3, SessionCode.CONSOLE_CONNECT),
                Machine::look),
            "CONSOLE_DISCONNECT 1 kim RDP-Tcp#0 active not-locked confirmed",
            "REMOTE_CONNECT 1 kim RDP-Tcp#0 active not-locked confirmed",
            "CONSOLE_CONNECT 3 nobody Console connected ? confirmed",
            "present 1 kim RDP-Tcp#0 active not-locked",
            "present 3 nobody Console connected ?"),
        row(
            "two users at once",
            List.of(
                SessionStatesTest::kimAtTheConsole,
                now(m -> m.session(2).logOn("ann", TEN).at("RDP-Tcp#1")),
                report(2, SessionCode.SESSION_LOGON),
                locked(1, true),
                report(1, SessionCode.SESSION_LOCK),
                Machine::look),
            "SESSION_LOGON 2 ann RDP-Tcp#1 active not-locked confirmed",
            "SESSION_LOCK 1 kim Console active locked confirmed",
            "present 1 kim Console active locked",
            "present 2 ann RDP-Tcp#1 active not-locked"),
        row(
            "disconnect while locked",
            List.of(
                now(m -> m.session(2).logOn("ann", TEN).at("RDP-Tcp#1")),
                Machine::look,
                locked(2, true),
                report(2, SessionCode.SESSION_LOCK),
                now(m -> m.session(2).disconnect()),
                report(2, SessionCode.REMOTE_DISCONNECT),
                Machine::look),
            "present 2 ann RDP-Tcp#1 active not-locked",
            "SESSION_LOCK 2 ann RDP-Tcp#1 active locked confirmed",
            "REMOTE_DISCONNECT 2 ann RDP-Tcp#1 disconnected locked confirmed",
            "present 2 ann - disconnected locked"),
        row(
            "suspend and resume: locked in between, seen by looking again",
            List.of(SessionStatesTest::kimAtTheConsole, locked(1, true), Machine::look),
            "present 1 kim Console active locked"),
        row(
            "the agent started into a locked session",
            List.of(
                now(m -> m.session(1).logOn("kim", NINE).at("Console")),
                locked(1, true),
                Machine::look,
                locked(1, false),
                report(1, SessionCode.SESSION_UNLOCK)),
            "present 1 kim Console active locked",
            "SESSION_UNLOCK 1 kim Console active not-locked confirmed"),
        row(
            "unknown: Windows does not report whether it is locked, nor the state",
            List.of(
                SessionStatesTest::kimAtTheConsole,
                now(m -> m.session(1).locked = Optional.empty()),
                now(m -> m.windows.failing.put("STATE", 5)),
                now(m -> m.windows.failing.put("sessions", 5)),
                now(m -> m.windows.failing.put("station", 5)),
                report(1, SessionCode.SESSION_LOCK),
                report(1, SessionCode.REMOTE_CONNECT),
                report(1, SessionCode.SESSION_TERMINATE),
                report(1, SessionCode.SESSION_REMOTE_CONTROL)),
            "SESSION_LOCK 1 kim Console ? ? ?",
            "REMOTE_CONNECT 1 kim Console ? ? ?",
            "SESSION_TERMINATE 1 kim Console ? ? ?",
            "SESSION_REMOTE_CONTROL 1 kim Console ? ? ?"),
        row(
            "forged messages",
            List.of(
                SessionStatesTest::kimAtTheConsole,
                report(1, SessionCode.SESSION_LOCK),
                report(1, SessionCode.SESSION_LOGOFF),
                report(1, SessionCode.SESSION_TERMINATE),
                report(1, SessionCode.CONSOLE_DISCONNECT),
                report(1, SessionCode.REMOTE_CONNECT),
                report(7, SessionCode.SESSION_LOGON),
                report(7, SessionCode.SESSION_UNLOCK),
                report(7, SessionCode.SESSION_CREATE),
                locked(1, true),
                report(1, SessionCode.SESSION_UNLOCK)),
            "SESSION_LOCK 1 kim Console active not-locked not-confirmed",
            "SESSION_LOGOFF 1 kim Console active not-locked not-confirmed",
            "SESSION_TERMINATE 1 kim Console active not-locked not-confirmed",
            "CONSOLE_DISCONNECT 1 kim Console active not-locked not-confirmed",
            "REMOTE_CONNECT 1 kim Console active not-locked not-confirmed",
            "SESSION_LOGON 7 nobody - ? ? not-confirmed",
            "SESSION_UNLOCK 7 nobody - ? ? not-confirmed",
            "SESSION_CREATE 7 nobody - ? ? not-confirmed",
            "SESSION_UNLOCK 1 kim Console active locked not-confirmed"));
  }

  @ParameterizedTest
  @MethodSource("table")
  void comesOutRight(Row row) {
    Machine machine = new Machine();
    row.steps().forEach(step -> step.accept(machine));
    assertThat(machine.reported).containsExactlyElementsOf(row.expected());
  }
}
