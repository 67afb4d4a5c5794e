package io.sessionbridge.sink.command;

import io.sessionbridge.health.Health;
import io.sessionbridge.sink.command.config.CommandSinkConfig;
import io.sessionbridge.sink.command.config.OnRule;
import io.sessionbridge.sink.command.config.Program;
import io.sessionbridge.sink.command.config.WhileRule;
import io.sessionbridge.sink.command.process.Launcher;
import io.sessionbridge.sink.command.rules.RulesFile;
import io.sessionbridge.sink.command.writers.ProgramGuard;
import io.sessionbridge.spi.DeliveryException;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.Sink;
import io.sessionbridge.spi.SinkContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Checks that the programs exist and may be started. Starts none. */
final class CommandCheck implements Sink {

  private final SinkContext context;
  private final CommandSinkConfig config;

  CommandCheck(SinkContext context, CommandSinkConfig config) {
    this.context = context;
    this.config = config;
  }

  @Override
  public void connect() throws DeliveryException {
    List<OnRule> rules = config.onRule().stream().toList();
    if (config.rulesFile().isPresent()) {
      rules =
          RulesFile.read(
              config.rulesFile().get(),
              config.rulesShare(),
              context.hidden(),
              SystemLauncher::missing);
    }
    List<Program> programs =
        Stream.concat(
                config.whileRule().stream().map(WhileRule::program),
                rules.stream().map(OnRule::program))
            .toList();
    try (Launcher launcher = SystemLauncher.create()) {
      for (Program program : programs) {
        Optional<String> missing = launcher.missing(program);
        if (missing.isPresent()) {
          throw new DeliveryException(missing.get());
        }
        if (Files.notExists(Path.of(program.path()))) {
          throw new DeliveryException("run: " + program.path() + " does not exist");
        }
        if (Files.isDirectory(Path.of(program.path()))) {
          throw new DeliveryException(
              "run: " + program.path() + " is a folder, and must be a program");
        }
        if (!Files.isExecutable(Path.of(program.path()))) {
          throw new DeliveryException("run: " + program.path() + " is not executable");
        }
        refuse(program);
      }
    }
  }

  private static void refuse(Program program) throws DeliveryException {
    try {
      ProgramGuard.ofThisSystem().require(program);
    } catch (IOException e) {
      throw new DeliveryException("run: " + program.path() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public DeliveryResult deliver(List<EncodedEvent> batch) {
    return DeliveryResult.unavailable(0, List.of(), "this sink only checks");
  }

  @Override
  public Health check() {
    return Health.up();
  }

  @Override
  public void close() {
    // holds nothing
  }
}
