package io.sessionbridge.sink.command;

import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.spi.Sink;
import io.sessionbridge.spi.SinkContext;
import io.sessionbridge.spi.SinkFactory;
import java.util.Optional;

/** Makes sinks that run programs. */
final class CommandSinkFactory implements SinkFactory<CommandSinkConfig> {

  /** Few: what was not settled when the agent is killed comes again. */
  private static final int BATCH = 32;

  @Override
  public String description() {
    return "runs a program while the host is idle, active, locked or empty, or for events by rules";
  }

  @Override
  public ConfigSpec<CommandSinkConfig> config() {
    return CommandSinkConfig.SPEC;
  }

  @Override
  public String defaultFormat() {
    return "json";
  }

  @Override
  public int batchEvents() {
    return BATCH;
  }

  @Override
  public Sink createCheck(SinkContext context, CommandSinkConfig config) {
    return new CommandCheck(context, config);
  }

  @Override
  public Sink create(SinkContext context, CommandSinkConfig config) {
    CommandMetrics metrics = new CommandMetrics(context.metrics());
    if (config.whileRule().isPresent()) {
      return new WhileSink(
          config.whileRule().get(), Launcher::ofThisSystem, metrics, context.clock());
    }
    Rules rules =
        config
            .rulesFile()
            .<Rules>map(file -> RulesFile.of(file, context))
            .orElseGet(() -> new FixedRules(config.onRule().stream().toList()));
    return new OnSink(
        rules, Launcher::ofThisSystem, metrics, context, config.concurrency(), Optional.empty());
  }
}
