package io.sessionbridge.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Injector;
import io.sessionbridge.bridge.BridgeModule;
import io.sessionbridge.bridge.ConfigKeys;
import io.sessionbridge.bridge.Plugins;
import io.sessionbridge.config.Key;
import io.sessionbridge.config.KeyDescription;
import io.sessionbridge.delivery.SinkSettings;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.testkit.TestingEvents;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What users build on does not change by accident: {@code stable-surface.txt} lists it, and each
 * difference is a sentence. What is in the files on disk is compared by {@code GoldenFolderIT}, the
 * MQTT state document by {@code StateDocumentTest}.
 */
@Timeout(120)
class StableSurfaceTest {

  private static final String PROMISED = "stable-surface.txt";

  /** Options that every command has. */
  private static final Set<String> EVERYWHERE = Set.of("-h|--help", "-V|--version");

  /** The range of a key that takes kinds. They have lines of their own. */
  private static final String KINDS =
      Stream.of(Kind.values()).map(Kind::wireName).collect(joining(", "));

  private static final Map<Class<?>, String> TYPES =
      Map.of(
          String.class, "text",
          Long.class, "number",
          Boolean.class, "flag",
          Instant.class, "RFC 3339 time",
          Kind.class, "kind");

  private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");

  @TempDir Path folder;
  private final List<SurfaceLine> found = new ArrayList<>();

  @Test
  void usersFindEverythingWhereItWas() throws Exception {
    addKeysAndPlugins();
    addFieldsAndKinds();
    addFormats();
    addCommands("", new CommandLine(new Main()));
    addExitCodes();
    addFromAnAgent();
    assertThat(SurfaceLine.differences(promised(), found))
        .as("differences to src/test/resources/" + PROMISED)
        .isEmpty();
  }

  private static List<SurfaceLine> promised() throws IOException {
    try (InputStream file = StableSurfaceTest.class.getResourceAsStream("/" + PROMISED)) {
      return new String(Objects.requireNonNull(file).readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .map(SurfaceLine::parse)
          .toList();
    }
  }

  private void add(Promise promise, String name, String facts) {
    found.add(SurfaceLine.of(promise, name, facts));
  }

  private void addKeysAndPlugins() {
    addKeys("", ConfigKeys.top());
    Injector injector = BridgeModule.injector();
    Plugins plugins = injector.getInstance(Plugins.class);
    plugins
        .sources()
        .forEach(
            (type, source) -> {
              add(Promise.PLUGIN, "source " + type, "");
              addKeys("source " + type + " ", source.config().keys());
            });
    plugins
        .sinks()
        .forEach(
            (type, sink) -> {
              add(Promise.PLUGIN, "sink " + type, "");
              add(
                  Promise.KEY,
                  "sink " + type + " " + sink.formatKey(),
                  "format; default " + sink.defaultFormat());
              addKeys("sink " + type + " ", sink.config().keys());
              addKeys("sink " + type + " ", SinkSettings.spec(sink.batchEvents()).keys());
            });
    plugins
        .formats()
        .forEach(
            (name, format) -> {
              add(Promise.PLUGIN, "format " + name, "");
              addKeys("format " + name + " ", format.config().keys());
            });
  }

  private void addKeys(String where, List<Key<?>> keys) {
    for (Key<?> key : keys) {
      KeyDescription about = key.description();
      add(Promise.KEY, where + about.name(), facts(about));
      choices(about).forEach(choice -> add(Promise.KEY, where + about.name() + ": " + choice, ""));
      if (about.name().endsWith("_topic")) {
        add(Promise.TOPIC, about.name(), about.defaultText().orElseThrow());
      }
      addKeys(where + about.name() + ".", about.keys());
    }
  }

  private static String facts(KeyDescription about) {
    StringBuilder facts = new StringBuilder(about.type());
    facts.append(about.range().isEmpty() || isChoice(about) ? "" : ", " + about.range());
    facts.append(about.required() ? ", required" : "");
    about.defaultText().ifPresent(text -> facts.append("; default ").append(text));
    return facts.toString();
  }

  /** The words that the key takes, each a line of its own, so that one more is growth. */
  private static List<String> choices(KeyDescription about) {
    return isChoice(about) && !about.range().equals(KINDS)
        ? List.of(about.range().split(", "))
        : List.of();
  }

  private static boolean isChoice(KeyDescription about) {
    return about.type().endsWith("word");
  }

  private void addFieldsAndKinds() {
    for (Field<?> field : Field.all()) {
      add(Promise.FIELD, field.name(), TYPES.get(field.type()));
    }
    for (Kind kind : Kind.values()) {
      add(Promise.KIND, kind.wireName(), kind.type());
    }
  }

  private void addFormats() throws IOException {
    for (String name : List.of("cloudevents", "cloudevents_binary", "json")) {
      EncodedEvent encoded = new TestingEvents(name).of(1);
      JsonShape.of(encoded.body()).entrySet().stream()
          .filter(entry -> Field.ofName(entry.getKey()).isEmpty())
          .filter(entry -> !entry.getKey().startsWith("data."))
          .forEach(entry -> add(Promise.JSON, name + " " + entry.getKey(), entry.getValue()));
      encoded
          .attributes()
          .forEach(attribute -> add(Promise.JSON, name + " attribute " + attribute.name(), ""));
    }
  }

  private void addCommands(String path, CommandLine command) {
    command.getCommandSpec().args().stream()
        .map(StableSurfaceTest::name)
        .filter(name -> !EVERYWHERE.contains(name))
        .forEach(name -> add(Promise.COMMAND, (path + " " + name).strip(), ""));
    command
        .getSubcommands()
        .forEach(
            (name, sub) -> {
              String whole = (path + " " + name).strip();
              add(Promise.COMMAND, whole, "");
              addCommands(whole, sub);
            });
  }

  private static String name(ArgSpec arg) {
    return arg.isOption() ? String.join("|", ((OptionSpec) arg).names()) : arg.paramLabel();
  }

  private void addExitCodes() throws IllegalAccessException {
    for (var code : ExitCode.class.getDeclaredFields()) {
      if (code.getType() == int.class) {
        add(Promise.EXIT, code.getName(), String.valueOf(code.getInt(null)));
      }
    }
  }

  private void addFromAnAgent() throws Exception {
    Map<String, String> metrics = new TreeMap<>();
    try (SurfaceAgent agent = new SurfaceAgent(folder)) {
      agent.start();
      String page = new String(agent.get("/metrics"), UTF_8);
      TYPE.matcher(page)
          .results()
          .forEach(type -> metrics.put(type.group(1), type.group(2) + labels(page, type)));
      for (String path : List.of("/health", "/ready")) {
        JsonShape.of(agent.get(path))
            .forEach((name, kind) -> add(Promise.JSON, path + " " + name, kind));
      }
    }
    metrics.forEach((name, facts) -> add(Promise.METRIC, name, facts));
    damage();
    try (SurfaceAgent agent = new SurfaceAgent(folder)) {
      agent.start();
      agent.files().forEach(name -> add(Promise.FILE, name, ""));
    }
  }

  private static String labels(String page, MatchResult type) {
    return Pattern.compile("(?m)^" + Pattern.quote(type.group(1)) + "\\{([a-z]+)=")
        .matcher(page)
        .results()
        .map(label -> " by " + label.group(1))
        .findFirst()
        .orElse("");
  }

  /** A start after this sets two files aside. */
  private void damage() throws IOException {
    Path data = folder.resolve("data");
    Files.writeString(data.resolve("cursors/archive.cursor"), "not a cursor");
    try (Stream<Path> segments = Files.list(data.resolve("journal"))) {
      Path any =
          segments.filter(file -> file.toString().endsWith(".segment")).findAny().orElseThrow();
      Path interrupted = any.resolveSibling("09000000000000000000-0123456789abcdef.segment");
      byte[] bytes = new byte[(int) Files.size(any)];
      bytes[bytes.length - 1] = 1;
      Files.write(interrupted, bytes);
    }
  }
}
