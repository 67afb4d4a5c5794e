package io.sessionbridge.windows.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.windows.session.decode.Luid;
import io.sessionbridge.windows.session.facts.ConnectState;
import io.sessionbridge.windows.session.facts.SessionFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SessionReaderTest {

  private static final Instant NINE = Instant.parse("2026-11-20T09:00:00Z");

  private final TestingSessionCalls windows = new TestingSessionCalls();
  private final Shortages shortages = new Shortages();
  private final SessionReader reader = new SessionReader(windows, shortages);

  @BeforeEach
  void logOn() {
    windows.session(2).logOn("kim", NINE).at("RDP-Tcp#3");
  }

  @Test
  void returnsEveryFact() {
    assertThat(facts(reader.read(2)))
        .containsExactly(
            "station RDP-Tcp#3",
            "state ACTIVE",
            "protocol RDP",
            "remote true",
            "loggedOn true",
            "locked false",
            "client LAPTOP",
            "address 192.0.2.7",
            "user kim",
            "domain WS-7",
            "sid S-1-5-21-1-2-3-1001",
            "upn kim@contoso.example",
            "type LOCAL",
            "logon 2026-11-20T09:00:00Z",
            "id " + Luid.text(windows.session(2).logonId.orElseThrow()),
            "logonType interactive",
            "package NTLM",
            "server DC01",
            "dns contoso.example",
            "elevated true");
    assertThat(shortages.problem()).isEmpty();
    assertThat(windows.openTokens).isEmpty();
  }

  /** Each of them as a word and its value, those that are absent left out. */
  private static List<String> facts(SessionFacts facts) {
    List<String> known = new ArrayList<>();
    facts.station().name().ifPresent(it -> known.add("station " + it));
    facts.station().state().ifPresent(it -> known.add("state " + it));
    facts.station().protocol().ifPresent(it -> known.add("protocol " + it));
    facts.station().remote().ifPresent(it -> known.add("remote " + it));
    facts.station().loggedOn().ifPresent(it -> known.add("loggedOn " + it));
    facts.station().locked().ifPresent(it -> known.add("locked " + it));
    facts.station().remoteControlled().ifPresent(it -> known.add("remoteControlled " + it));
    facts.client().name().ifPresent(it -> known.add("client " + it));
    facts.client().address().ifPresent(it -> known.add("address " + it));
    facts.user().name().ifPresent(it -> known.add("user " + it));
    facts.user().domain().ifPresent(it -> known.add("domain " + it));
    facts.user().sid().ifPresent(it -> known.add("sid " + it));
    facts.user().upn().ifPresent(it -> known.add("upn " + it));
    facts.user().type().ifPresent(it -> known.add("type " + it));
    facts.logon().time().ifPresent(it -> known.add("logon " + it));
    facts.logon().id().ifPresent(it -> known.add("id " + it));
    facts.logon().type().ifPresent(it -> known.add("logonType " + it));
    facts.logon().authPackage().ifPresent(it -> known.add("package " + it));
    facts.logon().server().ifPresent(it -> known.add("server " + it));
    facts.logon().dnsDomain().ifPresent(it -> known.add("dns " + it));
    facts.logon().elevated().ifPresent(it -> known.add("elevated " + it));
    return known;
  }

  /** What goes with each call; another call may know the same. */
  static Stream<List<String>> losses() {
    return Stream.of(
        List.of("USER_NAME", "loggedOn"),
        List.of("STATION"),
        List.of("DOMAIN"),
        List.of("CLIENT_NAME", "client"),
        List.of("STATE"),
        List.of("PROTOCOL"),
        List.of("IS_REMOTE"),
        List.of("station", "locked"),
        List.of("clientAddress", "address"),
        List.of("ownSession"),
        List.of("token", "upn", "sid", "id", "logonType", "package", "server", "dns", "elevated"),
        List.of("sid"),
        List.of("logonId", "upn", "id", "logonType", "package", "server", "dns"),
        List.of("elevated", "elevated"),
        List.of("logon", "upn", "logonType", "package", "server", "dns"));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void aCallThatFailsTakesItsFactsAlone(List<String> loss) {
    Set<String> lost = new HashSet<>(loss.subList(1, loss.size()));
    List<String> all = words(reader.read(2));
    windows.failing.put(loss.get(0), 1);
    List<String> left = words(reader.read(2));
    assertThat(windows.called).contains(loss.get(0));
    List<String> expected = new ArrayList<>(all);
    expected.removeAll(lost);
    assertThat(left).isEqualTo(expected);
    assertThat(windows.openTokens).isEmpty();
    assertThat(shortages.problem()).isEmpty();
  }

  private static List<String> words(SessionFacts facts) {
    return facts(facts).stream().map(fact -> fact.split(" ", 2)[0]).toList();
  }

  @Test
  void everythingFailingIsNoException() {
    reader.read(2);
    windows.called.forEach(call -> windows.failing.put(call, 1));
    assertThat(reader.read(2)).isEqualTo(SessionFacts.unknown(2));
    assertThat(windows.openTokens).isEmpty();
  }

  @Test
  void fillsFactsFromAnotherCall() {
    windows.failing.put("USER_NAME", 1);
    windows.failing.put("DOMAIN", 1);
    windows.failing.put("STATION", 1);
    windows.failing.put("IS_REMOTE", 1);
    assertThat(facts(reader.read(2)))
        .contains("user lsa-user", "domain lsa-domain", "station RDP-Tcp#3", "remote true")
        .contains("protocol RDP");
  }

  @Test
  void namesTheRightThatIsMissing() {
    windows.failing.put("token", TestingSessionCalls.PRIVILEGE_NOT_HELD);
    windows.session(3).logOn("ann", NINE);
    reader.read(2);
    reader.read(3);
    assertThat(shortages.problem())
        .contains("sessions have fewer fields: token needs SeTcbPrivilege, which LocalSystem has");
    windows.failing.put("logon", 0xC000_0022);
    windows.failing.put("CLIENT_NAME", 5);
    windows.failing.put("token", 1722);
    reader.read(2);
    windows.failing.remove("token");
    reader.read(3);
    assertThat(shortages.problem())
        .contains(
            "sessions have fewer fields: CLIENT_NAME needs the permission to query sessions of"
                + " others, which LocalSystem has; logon needs the rights of an administrator;"
                + " token failed with error 1722: the Remote Desktop Services do not answer");
    windows.failing.clear();
    reader.read(2);
    reader.read(3);
    assertThat(shortages.problem()).isEmpty();
  }

  @Test
  void reportsNoProblemForASessionWithoutAUserOrThatIsGone() {
    windows.failing.put("token", TestingSessionCalls.NO_TOKEN);
    reader.read(2);
    reader.read(99);
    assertThat(shortages.problem()).isEmpty();
  }

  @Test
  void readsItsOwnTokenInItsOwnSession() {
    windows.failing.put("token", TestingSessionCalls.PRIVILEGE_NOT_HELD);
    windows.own = 2;
    windows.ownUser = "KIM";
    assertThat(facts(reader.read(2))).contains("sid " + TestingSessionCalls.SID, "elevated true");
    assertThat(shortages.problem()).isEmpty();
  }

  @Test
  void doesNotTakeTheTokenOfAnotherUserInTheSameSession() {
    windows.failing.put("token", TestingSessionCalls.PRIVILEGE_NOT_HELD);
    windows.own = 2;
    windows.ownUser = "admin";
    assertThat(facts(reader.read(2))).doesNotContain("sid " + TestingSessionCalls.SID);
    assertThat(windows.called).doesNotContain("ownToken");
    assertThat(shortages.problem()).isPresent();
  }

  @Test
  void reportsRemoteControlIfKnown() {
    assertThat(reader.read(2).station().remoteControlled()).isEmpty();
    windows.session(2).state = ConnectState.SHADOW;
    assertThat(reader.read(2).station().remoteControlled()).contains(true);
    windows.own = 2;
    assertThat(reader.read(2).station().remoteControlled()).contains(false);
    windows.watched = true;
    assertThat(reader.read(2).station().remoteControlled()).contains(true);
    windows.own = 3;
    assertThat(reader.read(2).station().remoteControlled()).isEmpty();
  }

  @Test
  void aLogonScreenHasNobodyAndIsNotUnlocked() {
    windows.session(1).at("Console").locked = Optional.of(false);
    assertThat(facts(reader.read(1)))
        .containsExactly(
            "station Console",
            "state CONNECTED",
            "protocol CONSOLE",
            "remote false",
            "loggedOn false");
  }
}
