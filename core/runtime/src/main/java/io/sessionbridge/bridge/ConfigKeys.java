package io.sessionbridge.bridge;

import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.config.ConfigValues;
import io.sessionbridge.config.Key;
import io.sessionbridge.config.tree.ConfigMapping;
import io.sessionbridge.control.ControlConfig;
import io.sessionbridge.http.HttpConfig;
import io.sessionbridge.journal.JournalConfig;
import io.sessionbridge.journal.JournalConfig.Durability;
import io.sessionbridge.journal.JournalConfig.WhenFull;
import io.sessionbridge.pattern.UserPattern;
import io.sessionbridge.sessions.TrackerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The keys at the top of a configuration and in its own sections. */
public final class ConfigKeys {

  private static final JournalConfig DEFAULTS = JournalConfig.defaults();

  private static final Key<Long> MAX_BYTES =
      Key.bytes("max_bytes")
          .between(16L << 20, 1L << 40)
          .orElse(DEFAULTS.maxBytes(), "maximum disk space of the journal");
  private static final Key<Duration> MAX_AGE =
      Key.duration("max_age")
          .between(Duration.ofMinutes(1), Duration.ofDays(3650))
          .orElse(DEFAULTS.maxAge(), "age at which events are deleted, delivered or not");
  private static final Key<Duration> SEGMENT_MAX_AGE =
      Key.duration("segment_max_age")
          .between(Duration.ofMinutes(1), Duration.ofDays(3650))
          .orElse(
              DEFAULTS.segmentMaxAge(),
              "age at which a segment is closed, so that it can be deleted once delivered");
  private static final Key<WhenFull> WHEN_FULL =
      Key.oneOf("when_full", WhenFull.class)
          .orElse(
              WhenFull.DROP_OLDEST,
              "drop_oldest = evict the oldest events and deliver a gap; block = all sources wait");
  private static final Key<Durability> DURABILITY =
      Key.oneOf("durability", Durability.class)
          .orElse(
              Durability.FSYNC,
              "fsync = events survive a power cut; os = events survive the end of the process");

  private static final ConfigSpec<JournalConfig> JOURNAL_SPEC =
      ConfigSpec.of(
          values ->
              new JournalConfig(
                  values.get(MAX_BYTES),
                  DEFAULTS.segmentBytes(),
                  values.get(MAX_AGE),
                  values.get(SEGMENT_MAX_AGE),
                  values.get(WHEN_FULL),
                  values.get(DURABILITY),
                  false),
          MAX_BYTES,
          MAX_AGE,
          SEGMENT_MAX_AGE,
          WHEN_FULL,
          DURABILITY);

  private static final Key<List<String>> IGNORE_USERS =
      Key.texts("ignore_users")
          .orElse(
              List.of(),
              "users whose presence is ignored, such as CONTOSO\\kiosk*; their events are still sent");
  private static final Key<Duration> IDLE_AFTER =
      Key.duration("idle_after")
          .between(Duration.ofMinutes(1), Duration.ofDays(1))
          .orElse(
              TrackerSettings.IDLE_AFTER,
              "time without a present user after which the host is idle");
  private static final Key<Boolean> CORRELATE =
      Key.flag("correlate")
          .orElse(
              true,
              "true = one event for what several sources report; false = one event per report");

  private static final ConfigSpec<TrackerSettings> SESSIONS_SPEC =
      ConfigSpec.of(ConfigKeys::sessions, IGNORE_USERS, IDLE_AFTER, CORRELATE);

  private static final Key<String> LEVEL =
      Key.oneOf("level", List.of("error", "warn", "info", "debug", "trace"))
          .orElse("info", "least severe messages in the log");
  private static final Key<Boolean> EVENTLOG =
      Key.flag("eventlog")
          .where(wanted -> !wanted || isWindows(), "must be false except on Windows")
          .optional(
              "true = write start, stop and errors of the agent to the Application log of Windows;"
                  + " default true in a service");
  private static final Key<String> HOST_ID =
      Key.text("id").optional("replaces the id that the machine provides");

  /** The key {@code data_dir}. */
  static final Key<Path> DATA_DIR =
      Key.path("data_dir")
          .orElse(defaultDataDir(), "folder of the journal, cursors and dead letters");

  /** The section {@code log}. */
  record Log(String level, Optional<Boolean> toEventLog) {}

  private static final Key<Log> LOG =
      Key.section(
              "log",
              ConfigSpec.of(
                  values -> new Log(values.get(LEVEL), values.find(EVENTLOG)), LEVEL, EVENTLOG))
          .orDefaults("log settings");
  private static final Key<JournalConfig> JOURNAL =
      Key.section("journal", JOURNAL_SPEC).orDefaults("journal settings");
  private static final Key<TrackerSettings> SESSIONS =
      Key.section("sessions", SESSIONS_SPEC).orDefaults("session settings");
  private static final Key<Optional<String>> HOST =
      Key.section("host", ConfigSpec.of(values -> values.find(HOST_ID), HOST_ID))
          .orDefaults("identity of this machine");
  private static final Key<Duration> SHUTDOWN =
      Key.duration("shutdown")
          .between(Duration.ofSeconds(1), Duration.ofMinutes(10))
          .orElse(Duration.ofSeconds(10), "time for sinks to finish their batches at stop");
  private static final Key<Duration> HEARTBEAT =
      Key.duration("heartbeat")
          .between(Duration.ofSeconds(1), Duration.ofDays(1))
          .orElse(Duration.ofMinutes(15), "interval of heartbeat events");
  private static final Key<HttpConfig> HTTP =
      Key.section("http", HttpConfig.SPEC)
          .optional("serves /health, /ready and /metrics; absent = no server");

  /** The section {@code control}. */
  static final Key<ControlConfig> CONTROL =
      Key.sectionOrFalse("control", ControlConfig.SPEC, ControlConfig.OFF)
          .orElse(
              ControlConfig.DEFAULT,
              "serves status, state, tap and when-idle on this machine; false = off");

  /** The sources by id; the keys of an entry depend on its type. */
  static final Key<Map<String, ConfigMapping>> SOURCES =
      Key.entries("sources")
          .optional(
              "where events come from: an entry for each source, under a name of your choice;"
                  + " absent = this machine, on Windows");

  /** The sinks by id; the keys of an entry depend on its type. */
  static final Key<Map<String, ConfigMapping>> SINKS =
      Key.entries("sinks")
          .required("where events go: an entry for each sink, under a name of your choice");

  /** All values except those of the source and sink entries. */
  record Top(
      Path dataDir,
      Log log,
      JournalConfig journal,
      TrackerSettings sessions,
      Optional<String> hostId,
      Duration shutdown,
      Duration heartbeat,
      Optional<HttpConfig> http,
      ControlConfig control) {}

  /** All top-level keys, for the reader and for {@code sessionbridge plugins}. */
  static final ConfigSpec<Top> TOP =
      ConfigSpec.of(
          values ->
              new Top(
                  values.get(DATA_DIR),
                  values.get(LOG),
                  values.get(JOURNAL),
                  values.get(SESSIONS),
                  values.get(HOST),
                  values.get(SHUTDOWN),
                  values.get(HEARTBEAT),
                  values.find(HTTP),
                  values.get(CONTROL)),
          DATA_DIR,
          LOG,
          JOURNAL,
          SESSIONS,
          HOST,
          SHUTDOWN,
          HEARTBEAT,
          HTTP,
          CONTROL,
          SOURCES,
          SINKS);

  private ConfigKeys() {}

  private static TrackerSettings sessions(ConfigValues values) {
    List<String> ignored = values.get(IGNORE_USERS);
    for (String user : ignored) {
      UserPattern.problem(user).ifPresent(found -> values.problem(IGNORE_USERS, found));
    }
    return new TrackerSettings(
        ignored.stream().map(UserPattern::of).toList(),
        values.get(IDLE_AFTER),
        values.get(CORRELATE),
        true);
  }

  /** The keys at the top, for documentation. */
  public static List<Key<?>> top() {
    return TOP.keys();
  }

  private static boolean isWindows() {
    return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
  }

  private static Path defaultDataDir() {
    if (isWindows()) {
      String programData = System.getenv("ProgramData");
      return Path.of(programData == null ? "C:\\ProgramData" : programData, "SessionBridge");
    }
    return Path.of("/var/lib/sessionbridge");
  }
}
