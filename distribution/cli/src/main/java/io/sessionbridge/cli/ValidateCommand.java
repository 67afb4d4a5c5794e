package io.sessionbridge.cli;

import com.google.inject.Injector;
import io.sessionbridge.bridge.BridgeConfig;
import io.sessionbridge.bridge.BridgeModule;
import io.sessionbridge.bridge.ConnectionCheck;
import io.sessionbridge.bridge.HeapPlan;
import io.sessionbridge.bridge.Plugins;
import io.sessionbridge.bridge.SinkEntry;
import io.sessionbridge.bridge.StartCheck;
import io.sessionbridge.cli.run.LayerAccess;
import io.sessionbridge.config.ConfigLayers;
import io.sessionbridge.config.Problems;
import io.sessionbridge.journal.JournalInspection;
import io.sessionbridge.storage.FileStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks a configuration and its journal. */
@Command(
    name = "validate",
    description =
        "Checks the configuration, the certificates and secrets that it names, and the journal."
            + " Changes nothing.",
    mixinStandardHelpOptions = true)
final class ValidateCommand implements Callable<Integer> {

  @Mixin private ConfigOption config = new ConfigOption();

  @Option(names = "--connect", description = "Also connects each sink.")
  private boolean connect;

  @Option(
      names = "--explain",
      description =
          "Also shows each value and where it comes from: a file and its line, or (default). A key"
              + " without a value and a default is omitted.")
  private boolean explain;

  @Override
  public Integer call() throws CommandException, InterruptedException {
    LogLevel.set("error"); // problems are printed as the result
    Injector injector = BridgeModule.injector();
    BridgeConfig read = config.read(injector, LayerAccess.ofCheck());
    printLayers(injector.getInstance(Plugins.class)); // already read once without a problem
    System.out.printf(
        "configuration: valid, %s, %s%n",
        Counted.of(read.sources(), "source"), Counted.of(read.sinks(), "sink"));
    printMemory(HeapPlan.of(read));
    printJournal(read);
    read.sinks().forEach(ValidateCommand::printSelection);
    StartCheck.warnings(read, injector.getInstance(Plugins.class)).forEach(System.out::println);
    List<String> problems = StartCheck.problems(read);
    problems.forEach(System.out::println);
    boolean connects = !connect || connects(read, injector.getInstance(Plugins.class));
    return !problems.isEmpty() || !connects ? ExitCode.FAILED : ExitCode.DONE;
  }

  /** Prints replaced values, since a file in conf.d is easily forgotten. */
  private void printLayers(Plugins plugins) {
    ConfigLayers layers = ConfigLayers.read(config.file(), new Problems()).orElseThrow();
    layers.replaced().forEach(System.out::println);
    if (explain) {
      EffectiveValues.of(layers.top()).forEach(System.out::println);
      DefaultValues.of(layers.top(), plugins).forEach(System.out::println);
    }
  }

  /** A heap smaller than requested is not an error: everything works, in smaller batches. */
  private static void printMemory(HeapPlan heap) {
    System.out.println("memory: " + heap.summary());
    heap.warning().ifPresent(text -> System.out.println("memory: " + text));
  }

  /** Prints excluded events, which are easily mistaken for a loss. */
  private static void printSelection(SinkEntry sink) {
    String excluded = sink.settings().selection().leavesOut().orElse("nothing");
    System.out.println("sink " + sink.id() + ": excludes " + excluded);
  }

  private static void printJournal(BridgeConfig config) throws CommandException {
    if (!Files.isDirectory(config.dataDir().resolve("journal"))) {
      System.out.println("journal: none yet in " + config.dataDir());
      return;
    }
    try {
      JournalInspection journal = JournalInspection.of(new FileStorage(), config.dataDir());
      System.out.printf(
          "journal: %s, %d KiB, %s, %s%n",
          Counted.of(journal.segments(), "file"),
          journal.bytes() / 1024,
          Counted.of(journal.records(), "record"),
          journal.damaged() == 0
              ? "no damage"
              : Counted.of(journal.damaged(), "file") + " with damage");
    } catch (IOException e) {
      throw new CommandException("journal: " + e.getMessage());
    }
  }

  private static boolean connects(BridgeConfig config, Plugins plugins)
      throws InterruptedException {
    boolean all = true;
    for (ConnectionCheck.Result result : ConnectionCheck.of(config, plugins)) {
      boolean good = result.problem().isEmpty();
      System.out.println(
          "sink " + result.sinkId() + ": " + (good ? "connects" : result.problem().get()));
      all &= good;
    }
    return all;
  }
}
