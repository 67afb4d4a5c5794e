package io.sessionbridge.demo;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** A computer of the office; knows when it was started and which session number is next. */
final class OfficeHost {

  /** The office is in Berlin, and it is winter. */
  static final String LOCAL_OFFSET = "+01:00";

  /** A line of the recording. */
  record Entry(Instant time, EventData data) {}

  private final List<Entry> day;
  private final Random chance;
  private final String name;
  private final Instant booted;
  private int nextSession = 1;

  OfficeHost(List<Entry> day, Random chance, String name, Instant booted) {
    this.day = day;
    this.chance = chance;
    this.name = name;
    this.booted = booted;
  }

  /** A new session without a user: the logon screen on the console. */
  OfficeSession console(Instant at) {
    OfficeSession session = new OfficeSession(this, nextSession++);
    session.record(at, Kind.SESSION_CREATE);
    session.record(later(at, 30, 60), Kind.CONSOLE_CONNECT);
    return session;
  }

  /** The computer runs, and its screen shows the logon screen, since before the recording. */
  void present(Instant at) {
    new OfficeSession(this, nextSession++).record(at, Kind.SESSION_PRESENT);
  }

  /** A new session for a user who connects over the network. */
  OfficeSession remote(Instant at, Seat seat) {
    OfficeSession session = new OfficeSession(this, nextSession++);
    session.sitDown(seat);
    session.record(at, Kind.SESSION_CREATE);
    session.record(later(at, 40, 160), Kind.REMOTE_CONNECT);
    return session;
  }

  /** A laptop is closed and, hours later, opened. */
  void sleep(Instant from, Instant to) {
    record(from, EventData.builder(Kind.HOST_SUSPEND));
    record(to, EventData.builder(Kind.HOST_RESUME));
  }

  void record(Instant at, EventData.Builder data) {
    data.put(Field.HOST_NAME, name)
        .put(Field.HOST_DOMAIN, "CONTOSO")
        .put(Field.LOCAL_OFFSET, LOCAL_OFFSET)
        .put(Field.UPTIME_MS, Duration.between(booted, at).toMillis());
    day.add(new Entry(at, data.build()));
  }

  /** Later by at least so many milliseconds, and some more, as machines and people are. */
  Instant later(Instant at, int atLeast, int spread) {
    return at.plusMillis(atLeast)
        .plusMillis(chance.nextInt(spread))
        .plusNanos(1_000L * chance.nextInt(1_000));
  }
}
