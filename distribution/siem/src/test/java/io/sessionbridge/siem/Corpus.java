package io.sessionbridge.siem;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import io.sessionbridge.event.EventData;
import io.sessionbridge.event.EventFormatException;
import io.sessionbridge.event.EventJson;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.testkit.TestingEvents;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * ECS events to find something in: the golden lines of the format, those of real machines, and some
 * that were made so that each rule has one that it is for and one that just is not.
 */
final class Corpus {

  private static final Path CORE = Path.of("../../core");
  private static final Path RECORDED =
      CORE.resolve("runtime/src/test/resources/io/sessionbridge/sessions/recorded-hosts.jsonl");

  /** A Thursday, in UTC; the host is an hour ahead. */
  private static final String DAY = "2026-11-19T";

  private final TestingEvents events = new TestingEvents("ecs");
  private final Map<String, String> examples = new LinkedHashMap<>();
  private long number;

  private Corpus() {}

  static List<String> all() throws IOException, EventFormatException {
    List<String> lines = new ArrayList<>(golden("ecs"));
    lines.addAll(recorded());
    lines.addAll(examples().values());
    return lines;
  }

  /** The golden lines of a format, of all situations. */
  static List<String> golden(String format) throws IOException {
    Path folder = CORE.resolve("formats/src/test/resources/golden").resolve(format);
    TreeSet<Path> files = new TreeSet<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      all.forEach(files::add);
    }
    List<String> lines = new ArrayList<>();
    for (Path file : files) {
      lines.addAll(Files.readAllLines(file));
    }
    return lines;
  }

  /** Events from the event logs of real machines, as if all were in Greenwich. */
  static List<String> recorded() throws IOException, EventFormatException {
    Corpus corpus = new Corpus();
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(RECORDED)) {
      lines.add(corpus.recorded(line));
    }
    return lines;
  }

  private String recorded(String line) throws IOException, EventFormatException {
    EventData.Builder data = EventData.builder().put(Field.LOCAL_OFFSET, "+00:00");
    Instant time = Instant.EPOCH;
    try (JsonParser json = EventJson.FACTORY.createParser(line)) {
      json.nextToken();
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        json.nextToken();
        if (name.equals("time")) {
          time = EventJson.time(name, json.getText());
        } else {
          EventJson.readField(name, json, data);
        }
      }
    }
    return encode(time, data);
  }

  private String encode(Instant time, EventData.Builder data) {
    number++;
    return new String(events.of(number, time, data.build()).body(), UTF_8);
  }

  /** By what they show. */
  static Map<String, String> examples() {
    Corpus corpus = new Corpus();
    corpus.logons();
    corpus.connects();
    corpus.add("shadowing begins", "09", data(Kind.REMOTE_CONTROL).put(Field.REMOTE_CONTROL, true));
    corpus.add("shadowing ends", "09", data(Kind.REMOTE_CONTROL).put(Field.REMOTE_CONTROL, false));
    corpus.add("shadowing changes", "09", data(Kind.REMOTE_CONTROL));
    corpus.add("log overwritten", "09", gap("log_overwritten"));
    corpus.add("gap without a reason", "09", gap(null));
    corpus.add("flood", "09", gap("flood").put(Field.SESSION_ID, 2L));
    corpus.add(
        "flood as a reason of another kind", "09", data(Kind.LOCK).put(Field.REASON, "flood"));
    return corpus.examples;
  }

  private void logons() {
    add("logon at five", "04", data(Kind.LOGON));
    add("logon at six", "05", data(Kind.LOGON));
    add("logon at seven in the evening", "18", data(Kind.LOGON));
    add("logon at eight in the evening", "19", data(Kind.LOGON));
    add("logon at midnight", "23", data(Kind.LOGON));
    add("unlock at midnight", "23", data(Kind.UNLOCK));
    add("logon at midnight of DWM", "23", data(Kind.LOGON).put(Field.ACCOUNT_TYPE, "virtual"));
    add(
        "logon at midnight of a service",
        "23",
        data(Kind.LOGON).put(Field.ACCOUNT_TYPE, "service"));
    add("logon at midnight, inferred", "23", data(Kind.LOGON).put(Field.INFERRED, true));
    add("logon at an unknown hour", "23", data(Kind.LOGON).remove(Field.LOCAL_OFFSET));
    put("logon on Sunday", "2026-11-22T11:00:00Z", data(Kind.LOGON));
    put("logon on Saturday, Friday in UTC", "2026-11-20T23:30:00Z", data(Kind.LOGON));
  }

  private void connects() {
    add("console taken over", "09", connect("interactive", 0));
    add("console taken over a minute later", "09", connect("interactive", 60));
    add("console session reached from home", "09", connect("interactive", 7_200));
    add("remote session reached again", "09", connect("remote_interactive", 0));
    add("back at the console", "09", connect("interactive", 0).put(Field.REMOTE, false));
  }

  private static EventData.Builder connect(String logonType, long disconnectedSeconds) {
    return data(Kind.REMOTE_CONNECT)
        .put(Field.REMOTE, true)
        .put(Field.LOGON_TYPE, logonType)
        .put(Field.CLIENT_NAME, "LAPTOP9")
        .put(Field.LAST_DISCONNECTED_SECONDS, disconnectedSeconds);
  }

  private static EventData.Builder gap(@Nullable String reason) {
    return EventData.builder(Kind.GAP).put(Field.REASON, reason).put(Field.LOST_COUNT, 7L);
  }

  private static EventData.Builder data(Kind kind) {
    return TestingEvents.data(kind)
        .put(Field.LOCAL_OFFSET, "+01:00")
        .put(Field.ACCOUNT_TYPE, "domain");
  }

  private void add(String name, String hour, EventData.Builder data) {
    put(name, DAY + hour + ":00:00Z", data);
  }

  private void put(String name, String time, EventData.Builder data) {
    examples.put(name, encode(Instant.parse(time), data));
  }
}
