package io.sessionbridge.cli;

import io.sessionbridge.bridge.BridgeModule;
import io.sessionbridge.bridge.ConfigKeys;
import io.sessionbridge.bridge.Plugins;
import io.sessionbridge.config.Key;
import io.sessionbridge.delivery.SinkSettings;
import io.sessionbridge.spi.FormatFactory;
import io.sessionbridge.spi.SinkFactory;
import io.sessionbridge.spi.SourceFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lists what a configuration can contain, from the declarations that read it. */
@Command(
    name = "plugins",
    description =
        "Lists sources, sinks, formats and the keys of the file. With TYPE, lists its keys.",
    mixinStandardHelpOptions = true)
final class PluginsCommand implements Callable<Integer> {

  @Parameters(
      arity = "0..1",
      paramLabel = "TYPE",
      description = "Type of a source or sink, name of a format, or key of the file.")
  private @Nullable String type;

  @Override
  public Integer call() throws CommandException {
    Plugins plugins = BridgeModule.injector().getInstance(Plugins.class);
    if (type == null) {
      list(plugins);
      return ExitCode.DONE;
    }
    describe(plugins, type);
    return ExitCode.DONE;
  }

  private static void list(Plugins plugins) {
    System.out.println("sources");
    plugins.sources().forEach((name, factory) -> line(name, description(factory)));
    System.out.println("sinks");
    plugins.sinks().forEach((name, factory) -> line(name, description(factory)));
    System.out.println("formats");
    plugins.formats().forEach((name, factory) -> line(name, factory.description()));
    System.out.println("keys of the file");
    ConfigKeys.top().forEach(key -> line(key.name(), key.description().meaning()));
  }

  private static String description(SourceFactory<?> source) {
    return source.description() + source.unavailable().map(why -> " (" + why + ")").orElse("");
  }

  private static String description(SinkFactory<?> sink) {
    return sink.description() + sink.unavailable().map(why -> " (" + why + ")").orElse("");
  }

  private static void line(String name, String description) {
    System.out.printf("  %-20s %s%n", name, description);
  }

  private static void describe(Plugins plugins, String type) throws CommandException {
    SourceFactory<?> source = plugins.sources().get(type);
    SinkFactory<?> sink = plugins.sinks().get(type);
    FormatFactory<?> format = plugins.formats().get(type);
    List<Key<?>> ofFile = ConfigKeys.top().stream().filter(key -> key.name().equals(type)).toList();
    if (source == null && sink == null && format == null && ofFile.isEmpty()) {
      throw new CommandException(
          type
              + " is unknown: sources are "
              + plugins.sources().keySet()
              + ", sinks "
              + plugins.sinks().keySet()
              + ", formats "
              + plugins.formats().keySet()
              + ", keys of the file "
              + ConfigKeys.top().stream().map(Key::name).toList());
    }
    if (source != null) {
      System.out.println("source " + type + ": " + source.description());
      print(new KeyTable().add(source.config().keys()));
      printPage("sources", type);
    }
    if (sink != null) {
      describe(type, sink, plugins.formats().keySet());
      printPage("sinks", type);
    }
    if (format != null) {
      System.out.println("format " + type + ": " + format.description());
      print(new KeyTable().add(format.config().keys()));
    }
    if (!ofFile.isEmpty()) {
      System.out.println("key of the file");
      print(new KeyTable().add(ofFile));
    }
  }

  private static void describe(String type, SinkFactory<?> sink, Set<String> formats) {
    System.out.println("sink " + type + ": " + sink.description());
    System.out.println("its own keys");
    print(
        new KeyTable()
            .add(
                sink.formatKey(),
                "one of " + String.join(", ", formats) + "; default " + sink.defaultFormat(),
                "format of the events")
            .add(sink.config().keys()));
    if (!sink.presets().isEmpty()) {
      System.out.println("presets");
      KeyTable presets = new KeyTable();
      sink.presets().forEach((name, sets) -> presets.add(name, sets, ""));
      print(presets);
    }
    System.out.println("keys of every sink, besides type");
    print(new KeyTable().add(SinkSettings.spec(sink.batchEvents()).keys()));
  }

  private static void print(KeyTable table) {
    table.lines().forEach(System.out::println);
  }

  /** Prints the path of the plug-in's page in the installation. */
  private static void printPage(String kind, String type) {
    Path page = Home.folder().resolve("docs").resolve(kind).resolve(type).resolve("README.md");
    if (Files.exists(page)) {
      System.out.println("page: " + page);
    }
  }
}
