package io.sessionbridge.cli;

import io.sessionbridge.bridge.BridgeModule;
import io.sessionbridge.bridge.Plugins;
import io.sessionbridge.config.Key;
import io.sessionbridge.config.KeyDescription;
import io.sessionbridge.delivery.SinkSettings;
import io.sessionbridge.spi.FormatFactory;
import io.sessionbridge.spi.SinkFactory;
import io.sessionbridge.spi.SourceFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Tells what can stand in a configuration, from the declarations that read it. */
@Command(
    name = "plugins",
    description = "Lists sources, sinks and formats; with TYPE, its keys.",
    mixinStandardHelpOptions = true)
final class PluginsCommand implements Callable<Integer> {

  @Parameters(arity = "0..1", paramLabel = "TYPE", description = "A source, sink or format.")
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
    plugins.sinks().forEach((name, factory) -> line(name, factory.description()));
    System.out.println("formats");
    plugins.formats().forEach((name, factory) -> line(name, factory.description()));
  }

  private static String description(SourceFactory<?> source) {
    return source.description() + source.unavailable().map(why -> " (" + why + ")").orElse("");
  }

  private static void line(String name, String description) {
    System.out.printf("  %-20s %s%n", name, description);
  }

  private static void describe(Plugins plugins, String type) throws CommandException {
    SourceFactory<?> source = plugins.sources().get(type);
    SinkFactory<?> sink = plugins.sinks().get(type);
    FormatFactory<?> format = plugins.formats().get(type);
    if (source == null && sink == null && format == null) {
      throw new CommandException(
          type
              + " is unknown: sources are "
              + plugins.sources().keySet()
              + ", sinks "
              + plugins.sinks().keySet()
              + ", formats "
              + plugins.formats().keySet());
    }
    if (source != null) {
      keys("source " + type + ": " + source.description(), source.config().keys());
    }
    if (sink != null) {
      List<Key<?>> keys = new ArrayList<>(sink.config().keys());
      System.out.println(
          "sink "
              + type
              + ": "
              + sink.description()
              + " ("
              + sink.formatKey()
              + " "
              + sink.defaultFormat()
              + ")");
      keys("its own keys", keys);
      keys("keys of every sink, besides type and " + sink.formatKey(), SinkSettings.SPEC.keys());
    }
    if (format != null) {
      keys("format " + type + ": " + format.description(), format.config().keys());
    }
  }

  private static void keys(String title, List<Key<?>> keys) {
    System.out.println(title);
    keys(keys, "  ");
  }

  private static void keys(List<Key<?>> keys, String indent) {
    for (Key<?> key : keys) {
      KeyDescription about = key.description();
      System.out.printf(
          "%s%-24s %s%n%s%-24s %s%n",
          indent, about.name(), facts(about), indent, "", about.meaning());
      keys(about.keys(), indent + "    ");
    }
  }

  private static String facts(KeyDescription about) {
    StringBuilder facts = new StringBuilder(about.type());
    if (!about.range().isEmpty()) {
      facts.append(", ").append(about.range());
    }
    if (about.required()) {
      facts.append(", required");
    }
    about.defaultText().ifPresent(text -> facts.append(", default ").append(text));
    return facts.toString();
  }
}
