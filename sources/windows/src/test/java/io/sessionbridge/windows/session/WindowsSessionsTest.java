package io.sessionbridge.windows.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.windows.SessionCode;
import io.sessionbridge.windows.session.facts.ClientFacts;
import io.sessionbridge.windows.session.facts.SessionFacts;
import io.sessionbridge.windows.session.facts.UserFacts;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WindowsSessionsTest {

  private static final Instant NINE = Instant.parse("2026-11-20T09:00:00Z");

  private final TestingSessionCalls windows = new TestingSessionCalls();
  private final WindowsSessions sessions = new WindowsSessions(windows);

  private SessionFacts after(long session, SessionCode code) {
    return sessions.changed(session, Optional.of(code)).facts();
  }

  @Test
  void remembersTheLoggedOffUserForEverySource() {
    windows.session(2).logOn("kim", NINE).at("RDP-Tcp#3");
    after(2, SessionCode.SESSION_LOGON);
    windows.end(2);
    for (int source = 0; source < 3; source++) {
      SessionFacts last = after(2, SessionCode.SESSION_LOGOFF);
      assertThat(last.user().name()).contains("kim");
      assertThat(last.user().sid()).contains(TestingSessionCalls.SID);
      assertThat(last.logon().time()).contains(NINE);
      assertThat(last.logon().id()).isPresent();
      assertThat(last.client().name()).contains("LAPTOP");
      assertThat(last.station().name()).contains("RDP-Tcp#3");
      assertThat(last.station().state()).isEmpty();
    }
    assertThat(after(2, SessionCode.SESSION_TERMINATE).user().name()).contains("kim");
  }

  @Test
  void distinguishesTheNextUserOfASessionNumber() {
    windows.session(2).logOn("kim", NINE).at("Console");
    after(2, SessionCode.SESSION_LOGON);
    windows.end(2);
    after(2, SessionCode.SESSION_TERMINATE);
    windows.session(2).at("Console");
    assertThat(after(2, SessionCode.CONSOLE_CONNECT).user()).isEqualTo(UserFacts.NONE);
    windows.failing.put("USER_NAME", 5);
    windows.failing.put("token", 5);
    assertThat(after(2, SessionCode.SESSION_LOGON).user().name()).isEmpty();
  }

  @Test
  void fillsFactsThatACallOmits() {
    windows.session(2).logOn("kim", NINE).at("Console");
    sessions.all();
    windows.failing.put("USER_NAME", 1);
    windows.failing.put("token", 1);
    SessionFacts lock = after(2, SessionCode.SESSION_LOCK);
    assertThat(lock.user().name()).contains("kim");
    assertThat(lock.user().sid()).contains(TestingSessionCalls.SID);
    assertThat(lock.station().loggedOn()).isEmpty();
  }

  @Test
  void forgetsThePlaceThatARemoteUserLeft() {
    windows.session(2).logOn("kim", NINE).at("RDP-Tcp#3");
    sessions.all();
    windows.session(2).disconnect();
    assertThat(after(2, SessionCode.REMOTE_DISCONNECT).client().name()).contains("LAPTOP");
    windows.session(2).logOff();
    SessionFacts logoff = after(2, SessionCode.SESSION_LOGOFF);
    assertThat(logoff.user().name()).contains("kim");
    assertThat(logoff.client()).isEqualTo(ClientFacts.NONE);
  }

  @Test
  void reportsTheLeftPlaceToEverySource() {
    windows.session(2).logOn("kim", NINE).at("RDP-Tcp#3");
    sessions.all();
    windows.session(2).disconnect();
    assertThat(after(2, SessionCode.REMOTE_DISCONNECT).client().name()).contains("LAPTOP");
    assertThat(after(2, SessionCode.SESSION_LOCK).client()).isEqualTo(ClientFacts.NONE);
    assertThat(after(2, SessionCode.REMOTE_DISCONNECT).client().name()).contains("LAPTOP");
    windows.session(2).at("Console");
    after(2, SessionCode.CONSOLE_CONNECT);
    windows.session(2).disconnect();
    assertThat(after(2, SessionCode.CONSOLE_DISCONNECT).station().name()).contains("Console");
  }

  @Test
  void listsNeitherTheServicesNorWhatListens() {
    windows.session(1).at("Console");
    windows.session(2).logOn("kim", NINE).at("RDP-Tcp#3");
    assertThat(sessions.all()).extracting(SessionFacts::sessionId).containsExactly(1L, 2L);
  }

  @Test
  void hasItsOwnSessionWhereWindowsListsNone() {
    windows.failing.put("sessions", 1722);
    windows.own = 4;
    windows.session(4).logOn("kim", NINE).at("Console");
    assertThat(sessions.all()).extracting(SessionFacts::sessionId).containsExactly(4L);
    assertThat(sessions.own()).contains(4L);
    windows.own = 0;
    assertThat(sessions.all()).isEmpty();
    assertThat(sessions.problem())
        .contains(
            "sessions have fewer fields: sessions failed with error 1722: the Remote Desktop"
                + " Services do not answer");
    windows.failing.put("ownSession", 1);
    assertThat(sessions.all()).isEmpty();
    assertThat(sessions.own()).isEmpty();
  }

  @Test
  void dropsProblemsOfSessionsThatAreGone() {
    windows.session(1).logOn("ann", NINE).at("Console");
    windows.session(2).logOn("kim", NINE).at("RDP-Tcp#3");
    windows.failing.put("token", TestingSessionCalls.PRIVILEGE_NOT_HELD);
    sessions.find(2);
    assertThat(sessions.problem()).isPresent();
    windows.end(2);
    windows.failing.clear();
    sessions.all();
    assertThat(sessions.problem()).isEmpty();
  }

  @Test
  void limitsItsSize() {
    SessionCache cache = new SessionCache();
    for (long id = 1; id <= SessionCache.MOST + 1; id++) {
      windows.session(id).logOn("user" + id, NINE);
      cache.complete(sessions.find(id), Optional.of(SessionCode.SESSION_LOGON));
    }
    assertThat(lastOf(cache, 2)).contains("user2");
    assertThat(lastOf(cache, 1)).isEmpty();
  }

  private static Optional<String> lastOf(SessionCache cache, long id) {
    return cache
        .complete(SessionFacts.unknown(id), Optional.of(SessionCode.SESSION_LOGOFF))
        .user()
        .name();
  }

  @Test
  void answersForACodeWithoutAName() {
    windows.session(2).logOn("kim", NINE).at("Console");
    ChangedSession changed = sessions.changed(2, Optional.empty());
    assertThat(changed.facts().user().name()).contains("kim");
    assertThat(changed.confirmed()).isEmpty();
  }
}
