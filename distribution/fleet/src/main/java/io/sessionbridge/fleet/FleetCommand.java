package io.sessionbridge.fleet;

import java.util.concurrent.Callable;
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
    FleetReport report = new FleetRun(options, spec.commandLine().getErr()::println).run();
    report.lines().forEach(spec.commandLine().getOut()::println);
    return report.isSound() ? 0 : 1;
  }
}
