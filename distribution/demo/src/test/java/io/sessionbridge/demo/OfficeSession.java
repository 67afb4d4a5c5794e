package io.sessionbridge.demo;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A session of a computer, and what its user does with it. */
final class OfficeSession {

  private static final Duration SCREENSAVER_AFTER = Duration.ofMinutes(10);

  private final OfficeHost host;
  private final int number;
  private Seat seat = Seat.CONSOLE;
  private Optional<Person> user = Optional.empty();
  private String logonId = "";
  private boolean locked;
  private boolean connected = true;

  OfficeSession(OfficeHost host, int number) {
    this.host = host;
    this.number = number;
  }

  OfficeHost host() {
    return host;
  }

  void sitDown(Seat there) {
    seat = there;
    connected = true;
  }

  void logon(Instant at, Person person) {
    user = Optional.of(person);
    logonId = "0x" + Long.toHexString(0x3e700L + at.getEpochSecond() % 1_000_000 * 7);
    record(at, Kind.LOGON);
    record(host.later(at, 1_200, 3_300), Kind.SHELL_START);
  }

  void logoff(Instant at) {
    record(at, Kind.LOGOFF);
    user = Optional.empty();
    disconnect(host.later(at, 600, 1_500));
    record(host.later(at, 2_200, 900), Kind.SESSION_TERMINATE);
  }

  void lock(Instant at) {
    locked = true;
    record(at, Kind.LOCK);
  }

  void unlock(Instant at) {
    locked = false;
    record(at, Kind.UNLOCK);
  }

  /** Away from the desk, the screen locked; the screen saver comes if it lasts. */
  void away(Instant from, Instant to) {
    lock(from);
    if (Duration.between(from, to).compareTo(SCREENSAVER_AFTER) > 0) {
      screensaver(from.plus(SCREENSAVER_AFTER), to);
    }
    unlock(host.later(to, 3_000, 6_000));
  }

  /** At the desk, but long on the telephone. */
  void screensaver(Instant from, Instant to) {
    record(host.later(from, 5, 35), Kind.SCREENSAVER_START);
    record(to, Kind.SCREENSAVER_STOP);
  }

  /** Idle until the end of the recording, or until a user returns and calls {@link #wake}. */
  void leaveLocked(Instant at) {
    lock(at);
    record(host.later(at.plus(SCREENSAVER_AFTER), 5, 35), Kind.SCREENSAVER_START);
  }

  void wake(Instant at) {
    record(at, Kind.SCREENSAVER_STOP);
    unlock(host.later(at, 3_000, 6_000));
  }

  /** The session continues without a connected user. */
  void disconnect(Instant at) {
    connected = false;
    record(at, seat.remote() ? Kind.REMOTE_DISCONNECT : Kind.CONSOLE_DISCONNECT);
  }

  /** A user continues the session from that place. */
  void connect(Instant at, Seat there) {
    sitDown(there);
    record(at, there.remote() ? Kind.REMOTE_CONNECT : Kind.CONSOLE_CONNECT);
  }

  /** Ends a session without a user: a logon screen that is no longer shown. */
  void end(Instant at) {
    disconnect(at);
    record(host.later(at, 100, 400), Kind.SESSION_TERMINATE);
  }

  void record(Instant at, Kind kind) {
    EventData.Builder data =
        EventData.builder(kind)
            .put(Field.SESSION_ID, (long) number)
            .put(Field.STATION, connected || seat.remote() ? seat.station() : "")
            .put(Field.PROTOCOL, seat.remote() ? "rdp" : "console")
            .put(Field.REMOTE, seat.remote())
            .put(Field.SESSION_STATE, state())
            .put(Field.LOCKED, locked)
            .put(Field.CLIENT_NAME, seat.clientName())
            .put(Field.CLIENT_ADDRESS, seat.clientAddress());
    user.ifPresent(person -> addUser(data, person));
    if (kind == Kind.LOGON) {
      data.put(Field.LOGON_TYPE, seat.remote() ? "remote_interactive" : "interactive");
    }
    host.record(at, data);
  }

  private String state() {
    if (!connected) {
      return "disconnected";
    }
    return user.isPresent() ? "active" : "connected";
  }

  private void addUser(EventData.Builder data, Person person) {
    data.put(Field.USER_NAME, person.name())
        .put(Field.USER_DOMAIN, "CONTOSO")
        .put(Field.USER_SID, person.sid())
        .put(Field.ACCOUNT_TYPE, "domain")
        .put(Field.LOGON_ID, logonId);
  }
}
