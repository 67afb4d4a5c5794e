package io.sessionbridge.fleet;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * A host and what its users do in a day, as the Windows sources report it: a desktop whose user
 * comes twice, locks and unlocks; every tenth is a server with four remote users. The same number
 * gives the same host and day.
 */
final class VirtualHost {

  private static final Duration FIRST_DEPARTURE = Duration.ofMinutes(20);

  /** An event, timed since midnight. */
  record HostEvent(Duration at, int host, EventData data) {}

  private final int number;
  private final Random random;
  private final boolean server;
  private final List<HostEvent> events = new ArrayList<>();
  private int sessions;

  private VirtualHost(int number) {
    this.number = number;
    this.random = Scenario.random(number);
    this.server = number % 10 == 9;
  }

  static String id(int number) {
    return String.format(Locale.ROOT, "fleet-%07d", number);
  }

  static String name(int number) {
    return String.format(Locale.ROOT, "DESK-%07d", number);
  }

  /** The events of a day, in the order of time. */
  static List<HostEvent> day(int number) {
    VirtualHost host = new VirtualHost(number);
    host.day();
    host.events.sort(Comparator.comparing(HostEvent::at));
    return List.copyOf(host.events);
  }

  private void day() {
    if (server) {
      for (int i = 0; i < 4; i++) {
        life(minutes(360, 720), minutes(120, 540), true);
      }
      return;
    }
    // Who is switched on with 80 % of the others is logged on soon after.
    Duration came = Scenario.MORNING.start(number).plusMillis(between(30_000, 240_000));
    Duration stay = minutes(180, 300);
    life(came, stay, false);
    life(came.plus(stay).plus(minutes(10, 90)), minutes(60, 300), false);
  }

  private Duration minutes(int least, int most) {
    return Duration.ofMillis(between(least * 60_000L, most * 60_000L));
  }

  private long between(long least, long most) {
    return least + (long) (random.nextDouble() * (most - least));
  }

  private void life(Duration begin, Duration length, boolean remote) {
    long id = server ? 2 + sessions : 1L + sessions;
    sessions++;
    Duration logon = begin.plusMillis(between(1000, 20_000));
    EventData session = session(id, remote);
    EventData user = user(session, remote);
    add(begin, Kind.SESSION_CREATE, session);
    add(begin.plusMillis(500), remote ? Kind.REMOTE_CONNECT : Kind.CONSOLE_CONNECT, session);
    add(logon, Kind.LOGON, user);
    add(logon.plusMillis(between(1000, 10_000)), Kind.SHELL_START, user);
    departures(logon.plus(FIRST_DEPARTURE), logon.plus(length), user, remote);
    Duration end = logon.plus(length);
    add(end, Kind.LOGOFF, user);
    add(
        end.plusMillis(700),
        remote ? Kind.REMOTE_DISCONNECT : Kind.CONSOLE_DISCONNECT,
        session(id, remote));
    add(end.plusMillis(900), Kind.SESSION_TERMINATE, session(id, remote));
  }

  /** The user goes and comes back. */
  private void departures(Duration first, Duration end, EventData user, boolean remote) {
    Duration at = first.plus(minutes(0, 60));
    while (at.plusMinutes(15).compareTo(end) < 0) {
      Duration back = at.plus(minutes(1, 14));
      if (remote && random.nextBoolean()) {
        add(at, Kind.REMOTE_DISCONNECT, user);
        add(back, Kind.REMOTE_CONNECT, user);
      } else {
        add(at, Kind.LOCK, with(user, true));
        add(back, Kind.UNLOCK, with(user, false));
      }
      at = back.plus(minutes(20, 120));
    }
  }

  private static EventData with(EventData user, boolean locked) {
    return user.toBuilder().put(Field.LOCKED, locked).build();
  }

  private static EventData session(long id, boolean remote) {
    return EventData.builder()
        .put(Field.SESSION_ID, id)
        .put(Field.STATION, remote ? "RDP-Tcp#" + id : "Console")
        .put(Field.PROTOCOL, remote ? "rdp" : "console")
        .put(Field.REMOTE, remote)
        .put(Field.SESSION_STATE, "active")
        .build();
  }

  private EventData user(EventData session, boolean remote) {
    int user = server ? number * 10 + sessions : number;
    EventData.Builder data =
        session.toBuilder()
            .put(Field.USER_NAME, String.format(Locale.ROOT, "user%06d", user))
            .put(Field.USER_DOMAIN, "CONTOSO")
            .put(Field.USER_SID, "S-1-5-21-1004336348-1177238915-682003330-" + (1000 + user))
            .put(Field.ACCOUNT_TYPE, "domain")
            .put(Field.LOGON_ID, "0x" + Long.toHexString(between(0x10000, 0xfffffff)))
            .put(Field.LOGON_TYPE, remote ? "remote_interactive" : "interactive")
            .put(Field.AUTH_PACKAGE, "Kerberos");
    if (remote) {
      data.put(Field.CLIENT_NAME, String.format(Locale.ROOT, "THIN-%05d", user % 100_000))
          .put(Field.CLIENT_ADDRESS, "10.1." + user / 250 % 250 + "." + user % 250);
    }
    return data.build();
  }

  private void add(Duration at, Kind kind, EventData data) {
    events.add(new HostEvent(at, number, data.toBuilder().put(Field.KIND, kind).build()));
  }
}
