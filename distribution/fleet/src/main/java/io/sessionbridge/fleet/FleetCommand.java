package io.sessionbridge.fleet;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs a scenario and prints what it took. */
@Command(
    name = "sessionbridge-fleet",
    mixinStandardHelpOptions = true,
    description = "Runs agents of many virtual hosts against a Kafka broker, and measures both.")
final class FleetCommand implements Callable<Integer> {

  @Mixin FleetOptions options = new FleetOptions();

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    options.check();
    boolean ownFolder = !options.hasFolder();
    if (ownFolder) {
      options.folder = Files.createTempDirectory("sessionbridge-fleet-");
    }
    PrintWriter err = spec.commandLine().getErr();
    err.println("all data is in " + options.folder);
    FleetReport report = new FleetRun(options, err::println).run();
    report.lines().forEach(spec.commandLine().getOut()::println);
    if (!report.isSound()) {
      return 1;
    }
    if (ownFolder) {
      delete(options.folder);
    }
    return 0;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(one);
      }
    }
  }
}
