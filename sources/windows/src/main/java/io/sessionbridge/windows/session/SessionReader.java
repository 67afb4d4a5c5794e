package io.sessionbridge.windows.session;

import io.sessionbridge.windows.session.TokenReader.Tokens;
import io.sessionbridge.windows.session.calls.SessionCalls;
import io.sessionbridge.windows.session.calls.SessionCalls.Text;
import io.sessionbridge.windows.session.decode.LogonData;
import io.sessionbridge.windows.session.decode.Luid;
import io.sessionbridge.windows.session.decode.StationInfo;
import io.sessionbridge.windows.session.facts.AccountType;
import io.sessionbridge.windows.session.facts.ClientFacts;
import io.sessionbridge.windows.session.facts.LogonFacts;
import io.sessionbridge.windows.session.facts.SessionFacts;
import io.sessionbridge.windows.session.facts.StationFacts;
import io.sessionbridge.windows.session.facts.UserFacts;
import java.util.Optional;

/**
 * Queries everything about a session. A failed query leaves facts empty, and is recorded if a right
 * is missing; nothing is thrown.
 */
public final class SessionReader {

  private final SessionCalls calls;
  private final Shortages shortages;
  private final StationReader stations;
  private final TokenReader tokens;

  SessionReader(SessionCalls calls, Shortages shortages) {
    this.calls = calls;
    this.shortages = shortages;
    this.stations = new StationReader(calls);
    this.tokens = new TokenReader(calls);
  }

  SessionFacts read(long session) {
    Answers answers = new Answers();
    SessionFacts facts = read(answers, session);
    shortages.set(session, answers.refused());
    return facts;
  }

  private SessionFacts read(Answers answers, long session) {
    Optional<String> user = answers.to(() -> calls.text(session, Text.USER_NAME));
    Optional<Boolean> loggedOn = user.map(name -> !name.isEmpty());
    Optional<StationInfo> info = answers.to(() -> calls.station(session)).flatMap(it -> it);
    Optional<Long> own = answers.to(calls::ownSession);
    StationFacts station = stations.read(answers, session, own, loggedOn, info);
    ClientFacts client = client(answers, session);
    if (loggedOn.equals(Optional.of(false))) {
      return new SessionFacts(session, station, client, UserFacts.NONE, LogonFacts.NONE);
    }
    Tokens token = tokens.read(answers, session, user, own.equals(Optional.of(session)));
    LogonData logon =
        token.logonId().flatMap(id -> answers.to(() -> calls.logon(id))).orElse(LogonData.NONE);
    Optional<String> domain =
        answers.to(() -> calls.text(session, Text.DOMAIN)).filter(it -> !it.isEmpty());
    return new SessionFacts(
        session,
        station,
        client,
        user(user.or(logon::userName), domain.or(logon::domain), token.sid().or(logon::sid), logon),
        logon(info, token, logon));
  }

  private ClientFacts client(Answers answers, long session) {
    return new ClientFacts(
        answers.to(() -> calls.text(session, Text.CLIENT_NAME)).filter(it -> !it.isEmpty()),
        answers.to(() -> calls.clientAddress(session)).flatMap(it -> it));
  }

  private UserFacts user(
      Optional<String> name, Optional<String> domain, Optional<String> sid, LogonData logon) {
    return new UserFacts(
        name, domain, sid, logon.upn(), AccountType.of(sid, name, domain, calls.computerName()));
  }

  private static LogonFacts logon(Optional<StationInfo> info, Tokens token, LogonData logon) {
    return new LogonFacts(
        info.flatMap(StationInfo::logonTime).or(logon::time),
        token.logonId().map(Luid::text),
        logon.type(),
        logon.authPackage(),
        logon.server(),
        logon.dnsDomain(),
        token.elevated());
  }
}
