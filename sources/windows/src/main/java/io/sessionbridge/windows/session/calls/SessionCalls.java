package io.sessionbridge.windows.session.calls;

import io.sessionbridge.windows.session.SessionReader;
import io.sessionbridge.windows.session.decode.LogonData;
import io.sessionbridge.windows.session.decode.StationInfo;
import io.sessionbridge.windows.session.facts.ConnectState;
import java.util.List;
import java.util.Optional;

/**
 * What {@link SessionReader} asks of Windows, one small question at a time. A seam, so that every
 * one of them can fail in a test. Safe for use by several threads.
 */
public interface SessionCalls {

  /** A session of the list. */
  record Listed(long sessionId, Optional<ConnectState> state) {}

  /** What {@code WTSQuerySessionInformation} says as text; its numbers are those of wtsapi32.h. */
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

  /** What it says as a number. */
  enum Figure {
    STATE(8, 4),
    PROTOCOL(16, 2),
    /** The documentation says BOOL; one byte is enough to tell. */
    IS_REMOTE(29, 1);

    final int infoClass;
    final int bytes;

    Figure(int infoClass, int bytes) {
      this.infoClass = infoClass;
      this.bytes = bytes;
    }
  }

  /** Of the one who is logged on. */
  interface Token extends AutoCloseable {

    String sid() throws CallException;

    /** The logon's LUID; empty if it has none. */
    Optional<Long> logonId() throws CallException;

    boolean elevated() throws CallException;

    @Override
    void close();
  }

  /** Empty if Windows says that there are none, which cannot be. */
  List<Listed> sessions() throws CallException;

  /** Empty text is an answer: there is no user, no station, no client. */
  String text(long sessionId, Text what) throws CallException;

  int number(long sessionId, Figure what) throws CallException;

  Optional<StationInfo> station(long sessionId) throws CallException;

  Optional<String> clientAddress(long sessionId) throws CallException;

  /** Of any session; only LocalSystem may. */
  Token token(long sessionId) throws CallException;

  /** Of this process. */
  Token ownToken() throws CallException;

  LogonData logon(long logonId) throws CallException;

  /** The session of this process. */
  long ownSession() throws CallException;

  /** The user of this process, without a domain. */
  String ownUser();

  /** Whether somebody watches the session of this process. */
  boolean ownSessionWatched();

  String computerName();
}
