package io.sessionbridge.e2e;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Plays the event log of Windows inside a program: the library of {@code src/test/c/wevtapi}. */
final class TestingEventLog {

  static final String SYSTEM = "System";
  static final String SESSIONS =
      "Microsoft-Windows-TerminalServices-LocalSessionManager/Operational";

  private final Path library;
  private final Path channels;
  private final Map<String, Long> numbers = new HashMap<>();

  private TestingEventLog(Path library, Path channels) {
    this.library = library;
    this.channels = channels;
  }

  /** Without any channel yet; skips the test where the library cannot be made. */
  static TestingEventLog in(Path folder) throws Exception {
    Path library = Files.createDirectories(folder.resolve("wevtapi"));
    CrossCompiler.library("wevtapi", library);
    return new TestingEventLog(library, Files.createDirectories(folder.resolve("channels")));
  }

  /** The same Windows, with this log. */
  Wine with(Wine wine) {
    return wine.with("SESSIONBRIDGE_TEST_LOG", Wine.windowsPath(channels));
  }

  /** The folder where Java finds the library. */
  Path library() {
    return library;
  }

  /** By which Java finds the library instead of that of the system. */
  List<String> javaOptions() {
    return List.of("-Djna.library.path=" + Wine.windowsPath(library));
  }

  /** Appends a record with the next number, from 101 on. */
  void add(String channel, String provider, int id, Instant time, String data) throws Exception {
    long number = numbers.merge(channel, 101L, (before, first) -> before + 1);
    String event =
        "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>"
            + "<Provider Name='%s'/><EventID>%d</EventID>".formatted(provider, id)
            + "<TimeCreated SystemTime='%s'/>".formatted(time)
            + "<EventRecordID>%d</EventRecordID><Channel>%s</Channel>".formatted(number, channel)
            + "</System>%s</Event>\n".formatted(data);
    Files.writeString(file(channel), event, CREATE, APPEND);
  }

  /** Opening the channel fails with that error of {@code winerror.h}. */
  void refuse(String channel, int error) throws Exception {
    Files.writeString(file(channel), "!" + error + "\n");
  }

  private Path file(String channel) {
    return channels.resolve(channel.replace("/", "%4") + ".xml");
  }
}
