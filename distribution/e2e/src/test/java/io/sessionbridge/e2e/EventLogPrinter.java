package io.sessionbridge.e2e;

import com.sun.jna.NativeLibrary;
import io.sessionbridge.windows.eventlog.EventLogReader;
import io.sessionbridge.windows.eventlog.EventLogRecord;
import io.sessionbridge.windows.eventlog.LogPosition;
import io.sessionbridge.windows.eventlog.LogReading;
import io.sessionbridge.windows.eventlog.RecordSelection;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/** Prints what is new in the event log since its last run; the position is in a file. */
final class EventLogPrinter {

  private EventLogPrinter() {}

  public static void main(String[] args) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Path file = Path.of(args[0]);
    EventLogReader reader =
        new EventLogReader(
            List.of(
                RecordSelection.of("System", "Microsoft-Windows-Winlogon", 7001, 7002),
                RecordSelection.of("System", "Microsoft-Windows-Kernel-Power", 42),
                RecordSelection.of("Denied/Operational", "Any", 1)));
    LogPosition position =
        Files.exists(file) ? LogPosition.parse(Files.readString(file)) : LogPosition.NONE;
    LogReading reading = reader.read(position, Instant.parse(args[1]));
    for (EventLogRecord record : reading.records()) {
      out.printf("%d %d %s%n", record.number(), record.id(), new TreeMap<>(record.data()));
    }
    reading.incomplete().forEach(channel -> out.println("incomplete " + channel));
    reading.problems().forEach(problem -> out.println("problem " + problem));
    Files.writeString(file, reading.position().text());
    out.println("handles " + openHandles());
    out.println("END");
  }

  private static String openHandles() {
    try {
      NativeLibrary library = NativeLibrary.getInstance("wevtapi");
      return Integer.toString(library.getFunction("TestOpenHandles").invokeInt(new Object[0]));
    } catch (UnsatisfiedLinkError e) {
      return "are not counted";
    }
  }
}
