package io.sessionbridge.windows.session;

import io.sessionbridge.windows.session.calls.CallException;
import io.sessionbridge.windows.session.calls.SessionCalls;
import io.sessionbridge.windows.session.decode.LogonData;
import io.sessionbridge.windows.session.decode.StationInfo;
import io.sessionbridge.windows.session.facts.ConnectState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A Windows whose sessions the test makes, and each of whose calls can be made to fail. */
final class TestingSessionCalls implements SessionCalls {

  static final int NO_TOKEN = 1008;
  static final int PRIVILEGE_NOT_HELD = 1314;
  static final int NO_SUCH_SESSION = 7022;
  static final String SID = "S-1-5-21-1-2-3-1001";

  /** A session as the test changes it. */
  static final class Session {
    String user = "";
    String domain = "";
    String station = "";
    ConnectState state = ConnectState.CONNECTED;
    Optional<Boolean> locked = Optional.empty();
    Optional<Instant> logonTime = Optional.empty();
    String clientName = "";
    Optional<String> clientAddress = Optional.empty();
    int protocol;
    Optional<Long> logonId = Optional.empty();

    Session at(String newStation) {
      station = newStation;
      protocol = newStation.startsWith("RDP") ? 2 : 0;
      clientName = protocol == 2 ? "LAPTOP" : "";
      clientAddress = protocol == 2 ? Optional.of("192.0.2.7") : Optional.empty();
      state = user.isEmpty() ? ConnectState.CONNECTED : ConnectState.ACTIVE;
      return this;
    }

    Session logOn(String name, Instant time) {
      user = name;
      domain = "WS-7";
      state = ConnectState.ACTIVE;
      locked = Optional.of(false);
      logonTime = Optional.of(time);
      logonId = Optional.of(0x1000L + time.getEpochSecond() % 0x1000);
      return this;
    }

    Session logOff() {
      user = "";
      domain = "";
      locked = Optional.empty();
      logonTime = Optional.empty();
      logonId = Optional.empty();
      return this;
    }

    Session disconnect() {
      station = "";
      state = ConnectState.DISCONNECTED;
      protocol = 0;
      clientName = "";
      clientAddress = Optional.empty();
      return this;
    }
  }

  final Map<Long, Session> sessions = new TreeMap<>();

  /** The error with which a call fails, by its name. */
  final Map<String, Integer> failing = new HashMap<>();

  final Set<String> called = new HashSet<>();
  final List<String> openTokens = new ArrayList<>();
  long own = 0;
  String ownUser = "SYSTEM";
  boolean watched;

  Session session(long id) {
    return sessions.computeIfAbsent(id, made -> new Session());
  }

  void end(long id) {
    sessions.remove(id);
  }

  private void call(String name) throws CallException {
    called.add(name);
    Integer error = failing.get(name);
    if (error != null) {
      throw new CallException(name, error);
    }
  }

  private Session call(String name, long id) throws CallException {
    call(name);
    Session session = sessions.get(id);
    if (session == null) {
      throw new CallException(name, NO_SUCH_SESSION);
    }
    return session;
  }

  @Override
  public List<Listed> sessions() throws CallException {
    call("sessions");
    List<Listed> listed = new ArrayList<>();
    listed.add(new Listed(0, Optional.of(ConnectState.DISCONNECTED)));
    sessions.forEach((id, session) -> listed.add(new Listed(id, Optional.of(session.state))));
    listed.add(new Listed(65536, Optional.of(ConnectState.LISTEN)));
    return listed;
  }

  @Override
  public String text(long id, Text what) throws CallException {
    Session session = call(what.name(), id);
    return switch (what) {
      case USER_NAME -> session.user;
      case DOMAIN -> session.domain;
      case STATION -> session.station;
      case CLIENT_NAME -> session.clientName;
    };
  }

  @Override
  public int number(long id, Figure what) throws CallException {
    Session session = call(what.name(), id);
    return switch (what) {
      case STATE -> List.of(ConnectState.values()).indexOf(session.state);
      case PROTOCOL -> session.protocol;
      case IS_REMOTE -> session.station.startsWith("RDP") ? 1 : 0;
    };
  }

  @Override
  public Optional<StationInfo> station(long id) throws CallException {
    Session session = call("station", id);
    return Optional.of(
        new StationInfo(
            id,
            Optional.of(session.state),
            session.locked,
            session.station,
            session.logonTime,
            Optional.empty(),
            Optional.empty()));
  }

  @Override
  public Optional<String> clientAddress(long id) throws CallException {
    return call("clientAddress", id).clientAddress;
  }

  @Override
  public Token token(long id) throws CallException {
    Session session = call("token", id);
    if (session.logonId.isEmpty()) {
      throw new CallException("token", NO_TOKEN);
    }
    return open("token of " + id, session.logonId);
  }

  @Override
  public Token ownToken() throws CallException {
    call("ownToken");
    return open("own token", sessions.get(own).logonId);
  }

  private Token open(String name, Optional<Long> logonId) {
    openTokens.add(name);
    return new Token() {
      @Override
      public String sid() throws CallException {
        call("sid");
        return SID;
      }

      @Override
      public Optional<Long> logonId() throws CallException {
        call("logonId");
        return logonId;
      }

      @Override
      public boolean elevated() throws CallException {
        call("elevated");
        return true;
      }

      @Override
      public void close() {
        openTokens.remove(name);
      }
    };
  }

  @Override
  public LogonData logon(long logonId) throws CallException {
    call("logon");
    return new LogonData(
        Optional.of("lsa-user"),
        Optional.of("lsa-domain"),
        Optional.of("NTLM"),
        Optional.of("interactive"),
        Optional.of(SID),
        Optional.of(Instant.EPOCH),
        Optional.of("DC01"),
        Optional.of("contoso.example"),
        Optional.of("kim@contoso.example"));
  }

  @Override
  public long ownSession() throws CallException {
    call("ownSession");
    return own;
  }

  @Override
  public String ownUser() {
    return ownUser;
  }

  @Override
  public boolean ownSessionWatched() {
    return watched;
  }

  @Override
  public String computerName() {
    return "WS-7";
  }
}
