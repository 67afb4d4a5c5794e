package io.sessionbridge.bridge;

import io.sessionbridge.config.ConfigException;
import io.sessionbridge.config.ConfigFile;
import io.sessionbridge.config.ConfigLayers;
import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.config.Key;
import io.sessionbridge.config.Place;
import io.sessionbridge.config.Problems;
import io.sessionbridge.config.tree.ConfigMapping;
import io.sessionbridge.config.tree.ConfigNode;
import io.sessionbridge.control.ControlConfig;
import io.sessionbridge.delivery.SinkSettings;
import io.sessionbridge.spi.ControlTransport;
import io.sessionbridge.spi.EventFormat;
import io.sessionbridge.spi.FormatFactory;
import io.sessionbridge.spi.SinkFactory;
import io.sessionbridge.spi.SourceFactory;
import io.sessionbridge.storage.WholeFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a configuration: the keys of the core and those of each plug-in that it names. */
public final class BridgeConfigReader {

  private static final Logger LOG = LoggerFactory.getLogger(BridgeConfigReader.class);

  private final Plugins plugins;
  private final Problems problems = new Problems();
  private final FileClaims files = new FileClaims();

  private BridgeConfigReader(Plugins plugins) {
    this.plugins = plugins;
  }

  /**
   * Reads a file. Changes nothing. Of the files that it names, checks only whether two are the same
   * and who may read those with secrets.
   *
   * @throws ConfigException with all problems
   */
  public static BridgeConfig read(Path file, Plugins plugins) throws ConfigException {
    return read(file, plugins, ConfigLayers.Judge.ANY);
  }

  /**
   * Like {@link #read(Path, Plugins)}, for a running agent.
   *
   * @param judge decides whether {@code conf.d} and each file in it are read
   */
  public static BridgeConfig read(Path file, Plugins plugins, ConfigLayers.Judge judge)
      throws ConfigException {
    BridgeConfigReader reader = new BridgeConfigReader(plugins);
    Optional<BridgeConfig> config =
        ConfigLayers.read(file, reader.problems, judge)
            .flatMap(layers -> reader.readTop(logReplaced(layers).top(), hash(layers.files())));
    reader.problems.throwIfAny();
    return config.orElseThrow();
  }

  /**
   * The control addresses of an agent with this configuration. Reads nothing else from the file,
   * because the caller may lack access to the rest.
   *
   * @param file empty for an agent without a configuration file
   * @return empty if the control channel is off
   * @throws ConfigException if the file cannot be read or these keys are wrong
   */
  public static List<String> controlAddresses(
      Optional<Path> file, Plugins plugins, ControlTransport transport) throws ConfigException {
    BridgeConfigReader reader = new BridgeConfigReader(plugins);
    Optional<ConfigMapping> top =
        file.isPresent()
            ? ConfigLayers.read(file.get(), reader.problems).map(ConfigLayers::top)
            : ConfigFile.parse("", "{}", reader.problems);
    Optional<Path> dataDir = top.flatMap(read -> ConfigKeys.DATA_DIR.read(read, reader.problems));
    Optional<ControlConfig> control =
        top.flatMap(read -> ConfigKeys.CONTROL.read(read, reader.problems));
    reader.problems.throwIfAny();
    return control.orElseThrow().enabled()
        ? control.orElseThrow().addresses(transport, dataDir.orElseThrow())
        : List.of();
  }

  /** Reads a text as the content of that file. */
  static BridgeConfig parse(String fileName, String text, Plugins plugins) throws ConfigException {
    BridgeConfigReader reader = new BridgeConfigReader(plugins);
    Optional<BridgeConfig> config =
        ConfigFile.parse(fileName, text, reader.problems)
            .flatMap(top -> reader.readTop(top, hash(text.getBytes(StandardCharsets.UTF_8))));
    reader.problems.throwIfAny();
    return config.orElseThrow();
  }

  /** Reads one source entry from a text that contains nothing else. */
  static SourceEntry parseSource(String id, String text, Plugins plugins) throws ConfigException {
    BridgeConfigReader reader = new BridgeConfigReader(plugins);
    Optional<SourceEntry> entry =
        ConfigFile.parse(id, text, reader.problems).flatMap(node -> reader.readSource(id, node));
    reader.problems.throwIfAny();
    return entry.orElseThrow();
  }

  private Optional<BridgeConfig> readTop(ConfigMapping file, String hash) {
    List<SourceEntry> sources = readSources(file);
    Optional<ConfigKeys.Top> top = ConfigKeys.TOP.read(file, problems);
    List<SinkEntry> sinks = new ArrayList<>();
    Map<String, ConfigMapping> entries = entries(ConfigKeys.SINKS, file);
    entries.forEach((id, node) -> readSink(id, node).ifPresent(sinks::add));
    top.ifPresent(read -> files.owns(DataFolder.own(read.dataDir())));
    files.report(problems);
    top.ifPresent(read -> checkControl(read.control(), file));
    for (HeapPlan.Excess excess : HeapPlan.of(sinks, sources.size()).excesses()) {
      problems.add(of(entries, excess.sinkId()).place(excess.key()), excess.text());
    }
    return top.map(
        read ->
            new BridgeConfig(
                read.dataDir(),
                read.log().level(),
                read.log().toEventLog(),
                read.journal(),
                read.sessions(),
                read.hostId(),
                read.shutdown(),
                read.heartbeat(),
                read.http(),
                read.control(),
                hash,
                sources,
                sinks));
  }

  private void checkControl(ControlConfig control, ConfigMapping file) {
    plugins
        .control()
        .flatMap(control::problem)
        .ifPresent(
            problem ->
                problems.add(
                    file.child("control")
                        .flatMap(ConfigNode::mapping)
                        .map(section -> section.place("path"))
                        .orElseGet(() -> file.place("control")),
                    problem));
  }

  /**
   * Without the section, the default source type of this machine is used, with its type as the id.
   */
  private List<SourceEntry> readSources(ConfigMapping file) {
    if (file.child(ConfigKeys.SOURCES.name()).isEmpty()) {
      return plugins.defaultSource().map(this::onlySource).orElseGet(() -> noSource(file));
    }
    List<SourceEntry> sources = new ArrayList<>();
    entries(ConfigKeys.SOURCES, file)
        .forEach((id, node) -> readSource(id, node).ifPresent(sources::add));
    return sources;
  }

  private List<SourceEntry> onlySource(String type) {
    return List.of(parseSource(type, "type: " + type, plugins));
  }

  private List<SourceEntry> noSource(ConfigMapping file) {
    problems.add(
        file.place(ConfigKeys.SOURCES.name()),
        "is missing: only Windows has a default source; on Linux configure one, such as recorded:"
            + " {type: replay, path: day.jsonl}");
    return List.of();
  }

  private Map<String, ConfigMapping> entries(
      Key<Map<String, ConfigMapping>> key, ConfigMapping file) {
    Map<String, ConfigMapping> entries = key.read(file, problems).orElse(Map.of());
    if (file.child(key.name()).isPresent() && entries.isEmpty() && problems.isEmpty()) {
      problems.add(file.place(key.name()), "must have at least one entry, had none");
    }
    return entries;
  }

  private Optional<SourceEntry> readSource(String id, ConfigMapping node) {
    Key<String> type = typeKey(plugins.sources().keySet(), "the source's type");
    Optional<String> name = type.read(node, problems);
    return name.flatMap(known -> readSource(id, known, of(plugins.sources(), known), type, node));
  }

  private <C> Optional<SourceEntry> readSource(
      String id, String name, SourceFactory<C> factory, Key<String> type, ConfigMapping node) {
    reportUnavailable(factory.unavailable(), name, type, node);
    return ConfigSpec.of(values -> values.get(type), type)
        .and(factory.config(), (ignored, config) -> config)
        .read(node, problems)
        .map(config -> sourceEntry(id, name, factory, config, node.place()));
  }

  private <C> SourceEntry sourceEntry(
      String id, String name, SourceFactory<C> factory, C config, Place place) {
    files.reads(place, factory.reads(config));
    if (factory.readsStandardInput(config)) {
      files.readsStandardInput(place);
    }
    files.mayRead(place, file -> factory.mayRead(config, file));
    return new SourceEntry(
        id,
        name,
        factory.isLive(),
        factory.endless(config),
        factory.needs(config),
        context -> factory.create(context, config));
  }

  private void reportUnavailable(
      Optional<String> why, String name, Key<String> type, ConfigMapping node) {
    String here = ", this is " + System.getProperty("os.name");
    why.ifPresent(needs -> problems.add(node.place(type.name()), name + " " + needs + here));
  }

  private Optional<SinkEntry> readSink(String id, ConfigMapping node) {
    Key<String> type = typeKey(plugins.sinks().keySet(), "the sink's type");
    Optional<String> name = type.read(node, problems);
    return name.flatMap(known -> readSink(id, known, of(plugins.sinks(), known), type, node));
  }

  private <C> Optional<SinkEntry> readSink(
      String id, String name, SinkFactory<C> factory, Key<String> type, ConfigMapping node) {
    reportUnavailable(factory.unavailable(), name, type, node);
    String usual = factory.defaultFormat(node);
    Key<String> format =
        Key.oneOf(factory.formatKey(), plugins.formats().keySet())
            .orElse(usual, "format of the events");
    String wanted = format.read(node, problems).orElse(usual);
    return withFormat(
        id, name, factory, wanted, of(plugins.formats(), wanted), List.of(type, format), node);
  }

  private <C, F> Optional<SinkEntry> withFormat(
      String id,
      String name,
      SinkFactory<C> factory,
      String format,
      FormatFactory<F> formats,
      List<Key<?>> own,
      ConfigMapping node) {
    record Both<A>(SinkSettings settings, A config) {}
    return new ConfigSpec<>(own, values -> true)
        .and(SinkSettings.spec(factory.batchEvents()), (ignored, settings) -> settings)
        .and(factory.config(), Both::new)
        .and(
            formats.config(),
            (both, config) -> {
              factory
                  .formatProblem(both.config(), format)
                  .ifPresent(text -> problems.add(node.place(factory.formatKey()), text));
              factory
                  .privacyProblem(both.config(), both.settings().privacy().hidden())
                  .ifPresent(text -> problems.add(node.place("privacy"), text));
              files.writes(node.place(), factory.writes(both.config()));
              return entry(
                  id, name, factory, both.settings(), both.config(), formats.create(config));
            })
        .read(node, problems);
  }

  private static <C> SinkEntry entry(
      String id,
      String name,
      SinkFactory<C> factory,
      SinkSettings settings,
      C config,
      EventFormat format) {
    return new SinkEntry(
        id,
        name,
        settings,
        format,
        factory.memory(config),
        factory.writes(config),
        context -> factory.create(context, config),
        context -> factory.createCheck(context, config),
        factory.disclosure(config),
        environment -> factory.warnings(config, environment),
        () -> factory.fileProblems(config));
  }

  /** Looks up a name that the map is known to contain. */
  private static <V> V of(Map<String, V> known, String name) {
    return Objects.requireNonNull(known.get(name), name);
  }

  private static Key<String> typeKey(Iterable<String> known, String meaning) {
    List<String> names = new ArrayList<>();
    known.forEach(names::add);
    return Key.oneOf("type", names).required(meaning);
  }

  /** Logs the values that a later file replaced, to explain values without effect. */
  private static ConfigLayers logReplaced(ConfigLayers layers) {
    layers.replaced().forEach(replaced -> LOG.info("{}", replaced));
    return layers;
  }

  private static String hash(List<Path> files) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      for (Path file : files) {
        all.write(WholeFile.read(file, ConfigFile.LARGEST));
      }
      return hash(all.toByteArray());
    } catch (IOException e) {
      return ""; // already reported when the file was read
    }
  }

  private static String hash(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
