package io.sessionbridge.demo;

import io.sessionbridge.event.EventJson;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Rfc3339;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * The recorded day that the demo replays: a small office from Friday morning to Saturday morning.
 * Invented, but every session does what a Windows session does. The same on every machine.
 *
 * <p>After a change, {@code OfficeDay FILE} writes it anew.
 */
final class OfficeDay {

  private static final LocalDate FRIDAY = LocalDate.of(2026, 11, 20);
  private static final ZoneOffset BERLIN = ZoneOffset.of(OfficeHost.LOCAL_OFFSET);

  private final List<OfficeHost.Entry> entries = new ArrayList<>();
  private final Random chance = new Random(20_261_120);
  private int people;

  private OfficeDay() {}

  public static void main(String[] args) throws IOException {
    Files.writeString(Path.of(args[0]), text());
  }

  /** The file's text: a line for each event, in the order of their times. */
  static String text() {
    OfficeDay day = new OfficeDay();
    day.workstations();
    day.laptops();
    day.frontDesk();
    day.workFromHome();
    day.terminalServer();
    return day.entries.stream()
        .sorted(Comparator.comparing(OfficeHost.Entry::time))
        .map(OfficeDay::line)
        .collect(Collectors.joining());
  }

  private static String line(OfficeHost.Entry entry) {
    String data = new String(EventJson.write(entry.data()), StandardCharsets.UTF_8);
    return "{\"time\":\"" + Rfc3339.format(entry.time()) + "\"," + data.substring(1) + "\n";
  }

  /** Ten desks, each with its own habits. Who comes on Saturday has only locked the screen. */
  private void workstations() {
    goHome(desk("WS-101", "kim", "07:12", "11:45", "12:31", "16:02"), at("16:34"));
    goHome(desk("WS-102", "jörg", "07:31", "12:02", "12:40", "16:05"), at("16:48"));
    goHome(desk("WS-103", "aylin", "07:48", "12:04", "12:47", "15:41"), at("17:05"));
    desk("WS-104", "lee", "08:05", "12:15", "13:02", "15:55").leaveLocked(at("17:21"));
    goHome(desk("WS-105", "priya", "08:17", "12:16", "13:04", "16:11"), at("17:30"));

    OfficeSession tom = desk("WS-106", "tom", "08:29", "12:33", "13:20", "16:27");
    tom.leaveLocked(at("17:44"));
    tom.wake(tomorrow("07:52"));

    OfficeSession nadia = desk("WS-107", "nadia", "09:03", "13:01", "13:44", "16:40");
    nadia.screensaver(at("17:15"), at("17:27"));
    nadia.leaveLocked(at("18:26"));
    nadia.wake(tomorrow("08:04"));
    nadia.away(tomorrow("08:21"), tomorrow("08:26"));

    goHome(desk("WS-109", "chiara", "07:26", "12:06", "12:51", "15:48"), at("16:41"));
    goHome(desk("WS-110", "pavel", "08:01", "12:21", "13:09", "16:14"), at("17:12"));
    desk("WS-111", "grace", "08:44", "12:40", "13:22", "16:33").leaveLocked(at("18:03"));
  }

  /** The day of a desk until its user goes home. */
  private OfficeSession desk(
      String name, String user, String arrival, String lunch, String back, String tea) {
    Instant on = at(arrival);
    OfficeSession session = host(name, on.minusSeconds(70)).console(on.minusSeconds(41));
    session.logon(on, person(user));
    int habit = 3 * people;
    session.away(after("09:12", habit), after("09:18", habit));
    session.screensaver(after("10:05", habit), after("10:17", habit));
    session.away(after("10:52", habit), after("10:59", habit));
    session.away(at(lunch), at(back));
    session.away(after("14:07", habit), after("14:21", habit));
    session.away(at(tea), after(tea, 6));
    return session;
  }

  /** Logs off; the computer shows the logon screen, which is the next session. */
  private void goHome(OfficeSession session, Instant at) {
    session.logoff(at);
    session.host().console(at.plusSeconds(4));
  }

  /** Two laptops, which are closed for the night; one of them also for lunch. */
  private void laptops() {
    Instant oskarOn = at("07:22");
    OfficeHost first = host("NB-201", oskarOn.minusSeconds(380_000));
    OfficeSession oskar = first.console(oskarOn.minusSeconds(33));
    oskar.logon(oskarOn, person("oskar"));
    oskar.away(at("09:15"), at("09:22"));
    oskar.lock(at("11:50"));
    first.sleep(at("11:52"), at("12:41"));
    oskar.unlock(at("12:42"));
    oskar.away(at("15:02"), at("15:19"));
    oskar.lock(at("16:57"));
    first.sleep(at("16:59"), tomorrow("07:58"));
    oskar.unlock(tomorrow("08:00"));

    Instant yukiOn = at("08:40");
    OfficeHost second = host("NB-202", yukiOn.minusSeconds(95_000));
    OfficeSession yuki = second.console(yukiOn.minusSeconds(28));
    yuki.logon(yukiOn, person("yuki"));
    yuki.away(at("10:12"), at("10:20"));
    yuki.away(at("12:20"), at("13:11"));
    yuki.screensaver(at("14:48"), at("14:59"));
    yuki.away(at("16:05"), at("16:13"));
    yuki.lock(at("17:33"));
    second.sleep(at("17:35"), tomorrow("08:11"));
    yuki.unlock(tomorrow("08:12"));
  }

  /** Two people share a computer and stay logged on both: fast user switches. */
  private void frontDesk() {
    OfficeHost frontDesk = host("FRONTDESK-1", at("06:58"));
    OfficeSession ines = frontDesk.console(at("07:00"));
    ines.logon(at("07:02"), person("ines"));
    ines.away(at("08:30"), at("08:36"));
    ines.away(at("10:05"), at("10:22"));

    ines.lock(at("11:28"));
    ines.disconnect(at("11:30"));
    OfficeSession ben = frontDesk.console(at("11:32"));
    ben.logon(at("11:34"), person("ben"));
    ben.away(at("11:55"), at("12:01"));
    switchUser(ben, at("12:28"), ines, at("12:30"));
    ines.screensaver(at("13:05"), at("13:16"));
    ines.away(at("13:40"), at("13:47"));
    switchUser(ines, at("14:58"), ben, at("15:00"));
    ben.away(at("15:45"), at("16:00"));
    ben.logoff(at("18:02"));
    ines.connect(at("18:04"), Seat.CONSOLE);
    ines.unlock(at("18:06"));
    ines.logoff(at("18:11"));
  }

  private void switchUser(OfficeSession from, Instant away, OfficeSession to, Instant back) {
    from.lock(away);
    from.disconnect(away.plusMillis(870));
    to.connect(back, Seat.CONSOLE);
    to.unlock(back.plusMillis(5_310));
  }

  /**
   * A console session is continued from home by Remote Desktop, watched by the help desk, and taken
   * back at the desk the next morning.
   */
  private void workFromHome() {
    Instant on = at("08:52");
    OfficeHost host = host("WS-108", on.minusSeconds(64));
    OfficeSession marta = host.console(on.minusSeconds(38));
    marta.logon(on, person("marta"));
    marta.away(at("10:30"), at("10:38"));
    marta.away(at("12:45"), at("13:26"));
    marta.leaveLocked(at("16:15"));

    Seat home = new Seat("RDP-Tcp#0", "MARTA-HOME", "10.8.0.14");
    marta.disconnect(at("18:40"));
    marta.connect(at("18:42"), home);
    OfficeSession logonScreen = host.console(at("18:44"));
    marta.wake(at("18:46"));
    marta.away(at("19:02"), at("19:09"));
    marta.record(at("19:30"), Kind.REMOTE_CONTROL);
    marta.record(at("19:41"), Kind.REMOTE_CONTROL);
    marta.lock(at("20:18"));
    marta.disconnect(at("20:20"));

    logonScreen.end(tomorrow("08:14"));
    marta.connect(tomorrow("08:16"), Seat.CONSOLE);
    marta.unlock(tomorrow("08:18"));
    marta.away(tomorrow("08:40"), tomorrow("08:47"));
  }

  /** A terminal server for four people, who come and go and are cut off. */
  private void terminalServer() {
    OfficeHost server = host("RDS-01", at("06:20").minusSeconds(1_900_000));
    server.present(at("07:01"));

    Seat malikSeat = new Seat("RDP-Tcp#3", "THIN-11", "192.168.20.11");
    OfficeSession malik = server.remote(at("07:15"), malikSeat);
    malik.logon(at("07:17"), person("malik"));
    malik.away(at("09:40"), at("09:46"));
    malik.lock(at("12:05"));
    malik.disconnect(at("12:07"));
    malik.connect(at("12:50"), new Seat("RDP-Tcp#9", "THIN-11", "192.168.20.11"));
    malik.unlock(at("12:52"));
    malik.away(at("15:10"), at("15:18"));
    malik.logoff(at("16:31"));

    OfficeSession sofia =
        server.remote(at("07:40"), new Seat("RDP-Tcp#4", "THIN-12", "192.168.20.12"));
    sofia.logon(at("07:42"), person("sofia"));
    sofia.away(at("10:10"), at("10:16"));
    sofia.disconnect(at("11:03"));
    sofia.connect(at("11:06"), new Seat("RDP-Tcp#7", "THIN-12", "192.168.20.12"));
    sofia.away(at("12:30"), at("13:14"));
    sofia.away(at("15:25"), at("15:33"));
    sofia.lock(at("17:10"));
    sofia.disconnect(at("17:12"));
    sofia.connect(tomorrow("07:35"), new Seat("RDP-Tcp#1", "THIN-12", "192.168.20.12"));
    sofia.unlock(tomorrow("07:37"));

    OfficeSession emre =
        server.remote(at("08:10"), new Seat("RDP-Tcp#5", "THIN-13", "192.168.20.13"));
    emre.logon(at("08:12"), person("emre"));
    emre.away(at("10:35"), at("10:50"));
    emre.away(at("12:10"), at("12:55"));
    emre.away(at("14:40"), at("14:46"));
    emre.logoff(at("17:25"));

    OfficeSession helpDesk =
        server.remote(at("19:22"), new Seat("RDP-Tcp#12", "HELPDESK-2", "192.168.30.5"));
    helpDesk.logon(at("19:24"), person("helpdesk"));
    helpDesk.logoff(at("19:50"));
  }

  private OfficeHost host(String name, Instant booted) {
    return new OfficeHost(entries, chance, name, booted);
  }

  private Person person(String name) {
    return new Person(name, ++people);
  }

  /** Some second of that minute of Friday, by the clock on the wall. */
  private Instant at(String time) {
    return at(FRIDAY, LocalTime.parse(time));
  }

  private Instant tomorrow(String time) {
    return at(FRIDAY.plusDays(1), LocalTime.parse(time));
  }

  private Instant after(String time, int minutes) {
    return at(FRIDAY, LocalTime.parse(time).plusMinutes(minutes));
  }

  private Instant at(LocalDate date, LocalTime minute) {
    return date.atTime(minute)
        .toInstant(BERLIN)
        .plusMillis(chance.nextInt(59_000))
        .plusNanos(1_000L * chance.nextInt(1_000));
  }
}
