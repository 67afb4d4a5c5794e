package io.sessionbridge.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What stands in a file that rsyslogd wrote: a line for each message, with the event's id. */
final class SyslogAudit {

  private SyslogAudit() {}

  /** Of an agent: events by their ids, which count within each start of the agent. */
  static Audit of(Path file) throws IOException {
    Audit audit = new Audit();
    try (Stream<String> lines = Files.lines(file)) {
      lines.forEach(line -> take(line, audit));
    }
    return audit;
  }

  /** How many lines there are, which is all that can be said of a bare loop's. */
  static long count(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    }
  }

  private static void take(String line, Audit audit) {
    int space = line.indexOf(' ');
    if (!EventLines.isKind(line.substring(space + 1))) {
      return; // an event of the agent itself
    }
    String id = line.substring(0, space);
    int dash = id.lastIndexOf('-');
    audit.take(id.substring(0, dash), Integer.parseInt(id.substring(dash + 1)), 0);
  }
}
