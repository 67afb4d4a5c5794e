package io.sessionbridge.windows.session.calls;

import io.sessionbridge.windows.session.SessionReader;
import io.sessionbridge.windows.session.decode.LogonData;
import io.sessionbridge.windows.session.decode.StationInfo;
import io.sessionbridge.windows.session.facts.ConnectState;
import java.util.List;
import java.util.Optional;

/**
 * The Windows calls of {@link SessionReader}, one query each. An interface so that tests can fail
 * each call. Safe for use by several threads.
 */
public interface SessionCalls {

  /** An entry of the session list. */
  record Listed(long sessionId, Optional<ConnectState> state) {}

  /** Text values of {@code WTSQuerySessionInformation}; the numbers are those of wtsapi32.h. */
  enum Text {
    USER_NAME(5),
    STATION(6),
    DOMAIN(7),
    CLIENT_NAME(10);

    final int infoClass;

    Text(int infoClass) {
      this.infoClass = infoClass;
    }
  }

  /** Numeric values. */
  enum Figure {
    STATE(8, 4),
    PROTOCOL(16, 2),
    /** BOOL according to the documentation; one byte suffices. */
    IS_REMOTE(29, 1);

    final int infoClass;
    final int bytes;

    Figure(int infoClass, int bytes) {
      this.infoClass = infoClass;
      this.bytes = bytes;
    }
  }

  /** The token of the logged-on user. */
  interface Token extends AutoCloseable {

    String sid() throws CallException;

    /** The logon's LUID; empty if it has none. */
    Optional<Long> logonId() throws CallException;

    boolean elevated() throws CallException;

    @Override
    void close();
  }

  /** Empty if Windows returns no list, although there is always a session. */
  List<Listed> sessions() throws CallException;

  /** Returns empty text if the session has no user, station or client. */
  String text(long sessionId, Text what) throws CallException;

  int number(long sessionId, Figure what) throws CallException;

  Optional<StationInfo> station(long sessionId) throws CallException;

  Optional<String> clientAddress(long sessionId) throws CallException;

  /** The token of any session; needs LocalSystem. */
  Token token(long sessionId) throws CallException;

  /** The token of this process. */
  Token ownToken() throws CallException;

  LogonData logon(long logonId) throws CallException;

  /** The session of this process. */
  long ownSession() throws CallException;

  /** The user of this process, without a domain. */
  String ownUser();

  /** Whether the session of this process is being watched. */
  boolean ownSessionWatched();

  String computerName();
}
