package io.sessionbridge.analytics;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Days of a made-up fleet, as agents write them in the format {@code json}. The same numbers make
 * the same days.
 */
final class FleetDays {

  static final Instant FIRST_DAY = Instant.parse("2026-11-16T00:00:00Z"); // a Monday

  private static final long SECOND = 1_000_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private final int hosts;
  private final int days;
  private final long start = Period.micros(FIRST_DAY);

  FleetDays(int hosts, int days) {
    this.hosts = hosts;
    this.days = days;
  }

  /** Writes a large fleet to measure with: hosts, days, file. */
  public static void main(String[] args) throws IOException {
    try (Writer out = Files.newBufferedWriter(Path.of(args[2]))) {
      new FleetDays(Integer.parseInt(args[0]), Integer.parseInt(args[1])).write(out);
    }
  }

  static String hostName(int host) {
    return "LAB-" + host;
  }

  /** Which lab a host stands in: three by turns, and none for the last tenth. */
  static String lab(int host) {
    return List.of("physics", "library", "render").get(host % 3);
  }

  void write(Writer out) throws IOException {
    for (int host = 0; host < hosts; host++) {
      for (String line : new Host(host).lines()) {
        out.write(line);
        out.write('\n');
      }
    }
  }

  private record Event(long us, int order, String kind, String fields) {}

  /** A host with its agent. Every fifth is a server with several remote users. */
  private final class Host {

    private final int number;
    private final Random random;
    private final boolean server;
    private final List<Event> events = new ArrayList<>();
    private int order;
    private int sessions;

    Host(int number) {
      this.number = number;
      this.random = new Random(number * 7919L + 17);
      this.server = number % 5 == 4;
    }

    List<String> lines() {
      long end = start + days * DAY;
      add(start + number % 60 * SECOND, "bridge_start", "");
      for (int day = 0; day < days; day++) {
        day(start + day * DAY);
      }
      heartbeats(end);
      finish(end);
      events.sort(Comparator.comparingLong(Event::us).thenComparingInt(Event::order));
      List<String> lines = new ArrayList<>();
      long sequence = 0;
      for (Event event : events) {
        lines.add(line(event, ++sequence));
      }
      return lines;
    }

    private String line(Event event, long sequence) {
      Instant time = Instant.EPOCH.plusNanos(event.us * 1000);
      String offset = number % 4 == 3 ? "" : ",\"local_offset\":\"+01:00\"";
      return String.format(
          "{\"id\":\"%08x-%d\",\"time\":\"%s\",\"recordedtime\":\"%s\",\"sequence\":\"%020d\","
              + "\"kind\":\"%s\",\"host_id\":\"host-%05d\",\"source_id\":\"windows\","
              + "\"source_type\":\"scm\",\"host_name\":\"%s\"%s,\"boot_id\":\"b-%d\"%s}",
          number,
          sequence,
          time,
          time,
          sequence,
          event.kind,
          number,
          hostName(number),
          offset,
          number,
          event.fields);
    }

    private void add(long us, String kind, String fields) {
      events.add(new Event(us, order++, kind, fields));
    }

    private long between(long least, long most) {
      return least + (long) (random.nextDouble() * (most - least));
    }

    private void day(long midnight) {
      if (server) {
        for (int i = 0; i < 4; i++) {
          life(midnight + between(6 * HOUR, 12 * HOUR), between(2 * HOUR, 9 * HOUR), true);
        }
        return;
      }
      long came = midnight + between(6 * HOUR, 8 * HOUR);
      long stay = between(3 * HOUR, 5 * HOUR);
      life(came, stay, false);
      add(came + stay + 5 * MINUTE, "host_idle", ",\"basis\":\"nobody\"");
      long again = came + stay + between(10 * MINUTE, 3 * HOUR);
      add(again, "host_active", ",\"basis\":\"session\"");
      life(again, between(HOUR, 12 * HOUR), false);
      if (number % 3 == 0) { // sleeps at night
        add(midnight + 22 * HOUR + 50 * MINUTE, "host_suspend", "");
        add(midnight + 29 * HOUR, "host_resume", "");
      }
    }

    private String user() {
      int user = random.nextInt(3) == 0 ? random.nextInt(Math.max(2, hosts / 3)) : number;
      String sid =
          number % 7 == 6 ? "" : String.format(",\"user_sid\":\"S-1-5-21-1-2-3-%d\"", user);
      return String.format(
          ",\"user_name\":\"u%05d\",\"user_domain\":\"CAMPUS\"%s,\"account_type\":\"domain\"",
          user, sid);
    }

    private void life(long begin, long length, boolean remote) {
      long id = server ? 2 + sessions % 4 : 1;
      String key = String.format("%08x-k%d", number, ++sessions);
      String session = String.format(",\"session_id\":%d,\"session_key\":\"%s\"", id, key);
      String user = user();
      String all = session + ",\"remote\":" + remote + user;
      String side = remote ? "remote" : "console";
      long logon = begin + between(SECOND, 4 * MINUTE);
      add(begin, "session_create", session);
      add(begin + SECOND / 2, side + "_connect", session + ",\"locked\":false");
      add(
          begin + SECOND,
          "logon",
          session + ",\"user_name\":\"DWM-" + id + "\",\"account_type\":\"virtual\"");
      add(
          logon,
          "logon",
          all + ",\"logon_time\":\"" + Instant.EPOCH.plusNanos(logon * 1000 - 2_000_000) + "\"");
      add(logon + between(SECOND, 20 * SECOND), "shell_start", all);
      long at = logon + between(20 * MINUTE, 2 * HOUR);
      long end = logon + length;
      while (at < end - 10 * MINUTE) {
        long back =
            Math.min(end - MINUTE, at + between(MINUTE, random.nextInt(6) == 0 ? 7 * HOUR : HOUR));
        if (remote && random.nextBoolean()) {
          add(at, "remote_disconnect", all);
          add(back, "remote_connect", all + ",\"locked\":" + random.nextBoolean());
        } else {
          add(at, "lock", all + ",\"locked\":true");
          add(back, "unlock", all + ",\"locked\":false");
        }
        at = back + between(10 * MINUTE, 2 * HOUR);
      }
      if (random.nextInt(12) == 0) {
        return; // its end is never told
      }
      boolean inferred = random.nextInt(10) == 0;
      add(
          end,
          "logoff",
          all + (inferred ? ",\"inferred\":true,\"evidence\":\"winlogon_7002\"" : ""));
      add(end + SECOND, side + "_disconnect", all);
      add(end + 2 * SECOND, "session_terminate", all);
    }

    private void heartbeats(long end) {
      for (long at = start + 15 * MINUTE + number % 900 * SECOND; at < end; at += 15 * MINUTE) {
        boolean night =
            (at - start) % DAY > 22 * HOUR + 50 * MINUTE || (at - start) % DAY < 5 * HOUR;
        if (number % 3 != 0 || !night) {
          add(at, "bridge_heartbeat", ",\"health\":\"up\"");
        }
      }
    }

    /** Some fall silent, each for another reason; some lost events. */
    private void finish(long end) {
      long silent = end - between(HOUR, 30 * HOUR);
      int why = number % 11;
      if (why >= 1 && why <= 3) {
        events.removeIf(event -> event.us > silent);
      }
      if (why == 1) {
        add(silent + SECOND, "bridge_stop", "");
      } else if (why == 2) {
        add(silent + SECOND, "host_shutdown", "");
        add(silent + 2 * SECOND, "bridge_stop", "");
      }
      if (number % 6 == 5) {
        add(
            start + between(HOUR, DAY),
            "gap",
            ",\"reason\":\"evicted\",\"lost_count\":" + (1 + random.nextInt(50)));
      }
    }
  }
}
