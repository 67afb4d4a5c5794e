package io.sessionbridge.bridge;

import io.sessionbridge.config.ConfigMapping;
import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.config.Key;
import io.sessionbridge.http.HttpConfig;
import io.sessionbridge.journal.JournalConfig;
import io.sessionbridge.journal.JournalConfig.Durability;
import io.sessionbridge.journal.JournalConfig.WhenFull;
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
          .orElse(DEFAULTS.maxBytes(), "disk that the journal may take");
  private static final Key<Duration> MAX_AGE =
      Key.duration("max_age")
          .between(Duration.ofMinutes(1), Duration.ofDays(3650))
          .orElse(DEFAULTS.maxAge(), "after this an event goes, delivered or not");
  private static final Key<Duration> SEGMENT_MAX_AGE =
      Key.duration("segment_max_age")
          .between(Duration.ofMinutes(1), Duration.ofDays(3650))
          .orElse(DEFAULTS.segmentMaxAge(), "after this a file is closed, and goes once delivered");
  private static final Key<WhenFull> WHEN_FULL =
      Key.oneOf("when_full", WhenFull.class)
          .orElse(
              WhenFull.DROP_OLDEST,
              "drop_oldest gives up the oldest events with a gap; block makes all sources wait");
  private static final Key<Durability> DURABILITY =
      Key.oneOf("durability", Durability.class)
          .orElse(
              Durability.FSYNC, "fsync survives a power cut; os survives the end of the process");

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

  private static final Key<String> LEVEL =
      Key.oneOf("level", List.of("error", "warn", "info", "debug", "trace"))
          .orElse("info", "how much the log tells");
  private static final Key<String> HOST_ID =
      Key.text("id").optional("instead of the id that the machine gives");

  private static final Key<Path> DATA_DIR =
      Key.path("data_dir").orElse(defaultDataDir(), "everything that must survive");
  private static final Key<String> LOG =
      Key.section("log", ConfigSpec.of(values -> values.get(LEVEL), LEVEL)).orDefaults("the log");
  private static final Key<JournalConfig> JOURNAL =
      Key.section("journal", JOURNAL_SPEC).orDefaults("events that wait on disk");
  private static final Key<Optional<String>> HOST =
      Key.section("host", ConfigSpec.of(values -> values.find(HOST_ID), HOST_ID))
          .orDefaults("this machine");
  private static final Key<Duration> SHUTDOWN =
      Key.duration("shutdown")
          .between(Duration.ofSeconds(1), Duration.ofMinutes(10))
          .orElse(Duration.ofSeconds(10), "how long sinks may take to finish their batch");
  private static final Key<Duration> HEARTBEAT =
      Key.duration("heartbeat")
          .between(Duration.ofSeconds(1), Duration.ofDays(1))
          .orElse(Duration.ofMinutes(15), "how often the agent says that it lives");
  private static final Key<HttpConfig> HTTP =
      Key.section("http", HttpConfig.SPEC)
          .optional("shows /health, /ready and /metrics; off without it");

  /** The sources by id; what is in an entry depends on its type. */
  static final Key<Map<String, ConfigMapping>> SOURCES =
      Key.entries("sources")
          .optional("where events come from, by id; without it, on Windows, this machine");

  /** The sinks by id; what is in an entry depends on its type. */
  static final Key<Map<String, ConfigMapping>> SINKS =
      Key.entries("sinks").required("where events go to, by id");

  /** Everything but the entries' own keys. */
  record Top(
      Path dataDir,
      String logLevel,
      JournalConfig journal,
      Optional<String> hostId,
      Duration shutdown,
      Duration heartbeat,
      Optional<HttpConfig> http) {}

  /** The whole file, for the reader and for {@code sessionbridge plugins}. */
  static final ConfigSpec<Top> TOP =
      ConfigSpec.of(
          values ->
              new Top(
                  values.get(DATA_DIR),
                  values.get(LOG),
                  values.get(JOURNAL),
                  values.get(HOST),
                  values.get(SHUTDOWN),
                  values.get(HEARTBEAT),
                  values.find(HTTP)),
          DATA_DIR,
          LOG,
          JOURNAL,
          HOST,
          SHUTDOWN,
          HEARTBEAT,
          HTTP,
          SOURCES,
          SINKS);

  private ConfigKeys() {}

  /** The keys at the top, for documentation. */
  public static List<Key<?>> top() {
    return TOP.keys();
  }

  private static Path defaultDataDir() {
    if (System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows")) {
      String programData = System.getenv("ProgramData");
      return Path.of(programData == null ? "C:\\ProgramData" : programData, "SessionBridge");
    }
    return Path.of("/var/lib/sessionbridge");
  }
}
