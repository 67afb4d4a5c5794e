package io.sessionbridge.analytics;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** Lakes for tests, with the opening hours that are shipped. */
final class TestingLake {

  static final Path HOURS = Path.of("src/main/conf/hours.csv");
  static final Path NO_HOSTS = Path.of("src/main/conf/hosts.csv");
  static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

  private TestingLake() {}

  /** Three days of fifteen hosts; each host but for the last three is in a lab. */
  static Path smallFleet(Path folder) throws IOException {
    Path events = folder.resolve("fleet.jsonl");
    try (Writer out = Files.newBufferedWriter(events)) {
      new FleetDays(15, 3).write(out);
    }
    return events;
  }

  static Path hosts(Path folder, int hosts) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("host,lab,calendar,zone");
    for (int host = 0; host < hosts - 3; host++) {
      lines.add(FleetDays.hostName(host) + "," + FleetDays.lab(host) + ",default," + ZONE);
    }
    return Files.write(folder.resolve("hosts.csv"), lines);
  }

  static Lake load(List<String> files, Instant to, Path hosts) throws IOException, ReportException {
    Duck duck = Duck.open("600MB", 1);
    return Lake.load(
        duck,
        EventFiles.relation(files),
        new Period(0, Period.micros(to), ZONE),
        Limits.DEFAULT,
        hosts,
        HOURS);
  }

  /** The answers to all questions as CSV, by the questions' order. */
  static List<String> answers(Lake lake) throws ReportException {
    List<String> answers = new ArrayList<>();
    for (Question question : Question.values()) {
      answers.add(question.id() + "\n" + AnswerText.csv(lake.ask(question)));
    }
    return answers;
  }
}
