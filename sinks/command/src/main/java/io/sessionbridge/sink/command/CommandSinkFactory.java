package io.sessionbridge.sink.command;

import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.event.Kind;
import io.sessionbridge.sink.command.config.CommandSinkConfig;
import io.sessionbridge.sink.command.config.OnRule;
import io.sessionbridge.sink.command.config.RulesShare;
import io.sessionbridge.sink.command.config.RunAs;
import io.sessionbridge.sink.command.events.OnSink;
import io.sessionbridge.sink.command.process.CommandMetrics;
import io.sessionbridge.sink.command.rules.FixedRules;
import io.sessionbridge.sink.command.rules.Rules;
import io.sessionbridge.sink.command.rules.RulesFile;
import io.sessionbridge.sink.command.state.WhileSink;
import io.sessionbridge.spi.DeliveryException;
import io.sessionbridge.spi.Disclosure;
import io.sessionbridge.spi.Sink;
import io.sessionbridge.spi.SinkContext;
import io.sessionbridge.spi.SinkEnvironment;
import io.sessionbridge.spi.SinkFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Creates sinks that run programs. */
public final class CommandSinkFactory implements SinkFactory<CommandSinkConfig> {

  /** Small, because the commands of an unsettled batch run again after a kill of the agent. */
  private static final int BATCH = 32;

  /** The default of max_age, which does not fit events of a record. */
  private static final Duration DEFAULT_MAX_AGE = Duration.ofMinutes(1);

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

  /**
   * A rule that decides by hidden names would never run. A rules file is checked when it is read.
   */
  @Override
  public Optional<String> privacyProblem(CommandSinkConfig config, Set<String> hidden) {
    return config
        .onRule()
        .flatMap(rule -> rule.needs(hidden))
        .map(needs -> "must not hide what this entry decides by: " + needs);
  }

  @Override
  public List<String> warnings(CommandSinkConfig config, SinkEnvironment environment) {
    if (config.whileRule().isPresent()) {
      return environment.sessionDirectory()
          ? List.of()
          : List.of(
              "no plug-in lists the sessions of this machine: the state of the host stays unknown,"
                  + " so the command never starts");
    }
    if (config.rulesFile().isPresent()) {
      return ofRulesFile(config.rulesFile().get(), config.rulesShare(), environment);
    }
    return config.onRule().stream().flatMap(rule -> warnings(rule, environment)).toList();
  }

  /** The file may be on a share that is away: then the agent uses its copy. */
  private static List<String> ofRulesFile(
      Path file, RulesShare share, SinkEnvironment environment) {
    List<OnRule> rules;
    try {
      rules = RulesFile.read(file, share, Set.of(), program -> Optional.empty());
    } catch (DeliveryException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
    List<String> warnings = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      String place = "rules_file: rule " + (i + 1) + ": ";
      warnings(rules.get(i), environment).map(place::concat).forEach(warnings::add);
    }
    return warnings;
  }

  private static Stream<String> warnings(OnRule rule, SinkEnvironment environment) {
    Optional<String> live =
        environment.liveSource()
            ? Optional.empty()
            : withoutLiveSource(rule).map("no source is live: "::concat);
    return Stream.of(leftOut(rule, environment.kinds()), live).flatMap(Optional::stream);
  }

  private static Optional<String> leftOut(OnRule rule, Set<Kind> kinds) {
    List<String> missing =
        rule.kinds().stream()
            .filter(kind -> !kinds.contains(kind))
            .map(Kind::wireName)
            .sorted()
            .toList();
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "select.kinds leaves out " + String.join(", ", missing) + ", which on waits for");
  }

  private static Optional<String> withoutLiveSource(OnRule rule) {
    if (rule.program().runAs() == RunAs.SESSION_USER) {
      return Optional.of("run_as: session_user never runs anything");
    }
    if (!rule.replayed()) {
      return Optional.of("the command never runs, unless with replayed: true");
    }
    return rule.maxAge().compareTo(DEFAULT_MAX_AGE) > 0
        ? Optional.empty()
        : Optional.of(
            "the command runs for no event older than max_age ("
                + rule.maxAge().toSeconds()
                + " s), and a record of the past holds older ones");
  }

  @Override
  public Disclosure disclosure(CommandSinkConfig config) {
    if (config.whileRule().isPresent()) {
      String path = config.whileRule().get().program().path();
      return new Disclosure(
          "nobody; it runs the program " + path + " for the state of the machine",
          Optional.empty(),
          List.of());
    }
    String to =
        config
            .onRule()
            .map(rule -> "the program " + rule.program().path() + " on this machine")
            .orElseGet(
                () ->
                    "the programs that the rules in "
                        + config.rulesFile().map(Path::toString).orElse("a file")
                        + " name, on this machine");
    return new Disclosure(
        to,
        Optional.empty(),
        List.of(
            "A program receives the event on its standard input, in its environment and, where the"
                + " rule says so, in its arguments. Other users of the machine can see the"
                + " arguments while it runs.",
            "A dead letter also contains the end of the program's output, unless something is"
                + " protected here."));
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
          config.whileRule().get(),
          SystemLauncher::create,
          metrics,
          context.clock(),
          context.closeTime());
    }
    Rules rules =
        config
            .rulesFile()
            .<Rules>map(
                file -> RulesFile.of(file, config.rulesShare(), context, SystemLauncher::missing))
            .orElseGet(() -> new FixedRules(config.onRule().stream().toList()));
    return new OnSink(rules, SystemLauncher::create, metrics, context, config.concurrency());
  }
}
