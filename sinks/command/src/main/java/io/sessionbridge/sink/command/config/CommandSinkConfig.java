package io.sessionbridge.sink.command.config;

import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.config.ConfigValues;
import io.sessionbridge.config.Key;
import io.sessionbridge.config.SecretText;
import io.sessionbridge.event.Kind;
import io.sessionbridge.pattern.HostPattern;
import io.sessionbridge.pattern.UserPattern;
import io.sessionbridge.sink.command.arguments.Argument;
import io.sessionbridge.sink.command.arguments.Interpreters;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The configuration of a command sink. Exactly one of the first three is present.
 *
 * @param whileRule follows the state of the host
 * @param onRule follows the events
 * @param rulesFile has rules that follow the events
 * @param rulesShare whether the file system of that file is trusted
 * @param concurrency how many commands run at the same time
 */
public record CommandSinkConfig(
    Optional<WhileRule> whileRule,
    Optional<OnRule> onRule,
    Optional<Path> rulesFile,
    RulesShare rulesShare,
    int concurrency) {

  /** On Linux or on Windows: a configuration may be checked on another system. */
  private static final Pattern ABSOLUTE =
      Pattern.compile("/.*|[A-Za-z]:[\\\\/].*|\\\\\\\\.*", Pattern.DOTALL);

  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:[\\\\/].*", Pattern.DOTALL);

  private static final Key<WhileCondition> WHILE =
      Key.oneOf("while", WhileCondition.class)
          .optional("runs the command while this is true of the host, and only then");
  private static final Key<List<Kind>> ON =
      Key.severalOf("on", Kind.class).optional("runs the command for each event of these kinds");
  private static final Key<List<Kind>> RULE_ON =
      Key.severalOf("on", Kind.class).required("the kinds of events that run the command");
  private static final Key<Path> RULES_FILE =
      Key.path("rules_file").optional("a file with rules, each with the keys of an entry with on");
  private static final Key<RulesShare> RULES_SHARE =
      Key.oneOf("rules_share", RulesShare.class)
          .orElse(
              RulesShare.CHECKED,
              "trusted: the rules file may be on a share that does not record who can modify it");
  private static final Key<List<String>> RUN =
      Key.texts("run")
          .optional("the program and its arguments; ${user_name} inserts a field of the event");
  private static final Key<Path> WORKING_DIRECTORY =
      Key.path("working_directory").optional("the working directory of the command");
  private static final Key<Priority> PRIORITY =
      Key.oneOf("priority", Priority.class)
          .orElse(Priority.NORMAL, "the scheduling priority of the command");
  private static final Key<Long> MEMORY =
      Key.bytes("memory")
          .between(1L << 20, 1L << 50)
          .optional("memory limit: on Windows of all its processes together, on Linux of each");
  private static final Key<Boolean> ALLOW_WRITABLE_PROGRAM =
      Key.flag("allow_writable_program")
          .orElse(false, "runs the program although users other than administrators can change it");
  private static final Key<OnReturn> ON_RETURN =
      Key.oneOf("on_return", OnReturn.class)
          .orElse(OnReturn.STOP, "what happens to the command when while is no longer true");
  private static final Key<Duration> GRACE =
      Key.duration("grace")
          .between(Duration.ZERO, Duration.ofHours(1))
          .orElse(Duration.ofSeconds(30), "time between the request to end and the kill");
  private static final Key<Restart> RESTART =
      Key.oneOf("restart", Restart.class)
          .orElse(Restart.NEVER, "whether a command that ended by itself runs again");
  private static final Key<Duration> RESTART_DELAY =
      Key.duration("restart_delay")
          .between(Duration.ofMillis(100), Duration.ofHours(1))
          .orElse(Duration.ofSeconds(5), "pause before a restart; doubled each time, up to 5m");
  private static final Key<Duration> MAX_AGE =
      Key.duration("max_age")
          .between(Duration.ofSeconds(1), Duration.ofDays(30))
          .orElse(Duration.ofSeconds(60), "older events run nothing");
  private static final Key<Long> RETRIES =
      Key.integer("retries").between(0L, 10L).orElse(0L, "how often a failed command runs again");
  private static final Key<Duration> RETRY_DELAY =
      Key.duration("retry_delay")
          .between(Duration.ofMillis(100), Duration.ofMinutes(10))
          .orElse(Duration.ofSeconds(5), "pause before each retry");
  private static final Key<Duration> TIMEOUT =
      Key.duration("timeout")
          .between(Duration.ofMillis(100), Duration.ofDays(1))
          .orElse(Duration.ofSeconds(20), "a command that takes longer is killed and has failed");
  private static final Key<Boolean> REPLAYED =
      Key.flag("replayed")
          .orElse(false, "also runs for events that a source read from a record of the past");
  private static final Key<RunAs> RUN_AS =
      Key.oneOf("run_as", RunAs.class)
          .orElse(
              RunAs.AGENT,
              "whose rights the command has: those of the agent or of the session's user");
  private static final Key<Boolean> ELEVATED =
      Key.flag("elevated")
          .orElse(false, "gives the full rights of a session's user who is an administrator");
  private static final Key<Long> CONCURRENCY =
      Key.integer("concurrency")
          .between(1L, 32L)
          .orElse(1L, "commands at the same time; those of one session run one after another");

  private static final Key<List<String>> COMPUTERS =
      Key.texts("computers").optional("only for events about these hosts");
  private static final Key<List<String>> USERS =
      Key.texts("users").optional("only for events of these users");
  private static final Key<List<String>> GROUPS =
      Key.texts("groups").optional("only for events of users in one of these groups");
  private static final Key<Where> WHERE =
      Key.section("where", ConfigSpec.of(CommandSinkConfig::where, COMPUTERS, USERS, GROUPS))
          .optional("restricts the computers and users");

  private static final List<Key<?>> ONLY_WHILE = List.of(ON_RETURN, GRACE, RESTART, RESTART_DELAY);
  private static final List<Key<?>> ONLY_ON =
      List.of(WHERE, REPLAYED, MAX_AGE, RETRIES, RETRY_DELAY, TIMEOUT, RUN_AS, ELEVATED);
  private static final List<Key<?>> ANY =
      List.of(RUN, ALLOW_WRITABLE_PROGRAM, WORKING_DIRECTORY, PRIORITY, MEMORY);

  /** The keys of a sink. */
  public static final ConfigSpec<CommandSinkConfig> SPEC =
      new ConfigSpec<>(
          Stream.of(
                  List.<Key<?>>of(WHILE, ON, RULES_FILE, RULES_SHARE),
                  ANY,
                  ONLY_WHILE,
                  ONLY_ON,
                  List.<Key<?>>of(CONCURRENCY))
              .flatMap(List::stream)
              .toList(),
          CommandSinkConfig::sink);

  /** The keys of a rule in a file. */
  public static final ConfigSpec<OnRule> RULE =
      new ConfigSpec<>(
          Stream.of(List.<Key<?>>of(RULE_ON), ANY, ONLY_ON).flatMap(List::stream).toList(),
          CommandSinkConfig::ruleOfFile);

  private static CommandSinkConfig sink(ConfigValues values) {
    int concurrency = (int) (long) values.get(CONCURRENCY);
    RulesShare share = values.get(RULES_SHARE);
    if (values.given(RULES_SHARE) && !values.given(RULES_FILE)) {
      values.problem(RULES_SHARE, "needs rules_file");
    }
    boolean follows = values.given(WHILE);
    boolean reacts = values.given(ON);
    if (follows && reacts) {
      values.problem(
          ON,
          "cannot be combined with while: while follows the state of the host, on its events; write"
              + " two entries");
    } else if (values.given(RULES_FILE) && (follows || reacts)) {
      values.problem(RULES_FILE, "cannot be combined with while or on; write two entries");
    } else if (follows) {
      refuse(values, "needs on; this entry has while", ONLY_ON, CONCURRENCY);
      Optional<WhileRule> rule = program(values, false).map(program -> follow(values, program));
      return new CommandSinkConfig(rule, Optional.empty(), Optional.empty(), share, 1);
    } else if (reacts) {
      refuse(values, "needs while; this entry has on", ONLY_WHILE);
      Optional<OnRule> rule =
          program(values, true)
              .map(program -> rule(values, values.find(ON).orElseThrow(), program));
      return new CommandSinkConfig(Optional.empty(), rule, Optional.empty(), share, concurrency);
    } else if (values.given(RULES_FILE)) {
      String text = "belongs in the rules file; this entry has rules_file";
      refuse(values, text, ANY);
      refuse(values, text, ONLY_ON);
      refuse(values, text, ONLY_WHILE);
    } else {
      values.problem(ON, "is missing: an entry has while, on or rules_file");
    }
    return new CommandSinkConfig(
        Optional.empty(), Optional.empty(), values.find(RULES_FILE), share, concurrency);
  }

  private static void refuse(ConfigValues values, String text, List<Key<?>> keys, Key<?>... more) {
    Stream.concat(keys.stream(), Stream.of(more))
        .filter(values::given)
        .forEach(key -> values.problem(key, text));
  }

  private static WhileRule follow(ConfigValues values, Program program) {
    return new WhileRule(
        values.find(WHILE).orElseThrow(),
        program,
        values.get(ON_RETURN),
        values.get(GRACE),
        values.get(RESTART),
        values.get(RESTART_DELAY));
  }

  private static OnRule ruleOfFile(ConfigValues values) {
    Program program = program(values, true).orElse(Program.NONE); // a problem was reported
    return rule(values, values.get(RULE_ON), program);
  }

  private static OnRule rule(ConfigValues values, List<Kind> kinds, Program program) {
    return new OnRule(
        Set.copyOf(kinds),
        values.find(WHERE).orElse(Where.ANYWHERE),
        program,
        values.get(MAX_AGE),
        (int) (long) values.get(RETRIES),
        values.get(RETRY_DELAY),
        values.get(TIMEOUT),
        values.get(REPLAYED));
  }

  private static Optional<Program> program(ConfigValues values, boolean ofEvent) {
    Optional<List<String>> words = values.find(RUN);
    if (words.isEmpty()) {
      values.problem(RUN, "is missing (the program and its arguments)");
      return Optional.empty();
    }
    String path = words.get().get(0);
    if (!ABSOLUTE.matcher(path).matches()) {
      values.problem(
          RUN,
          "must begin with the absolute path of a program, was " + SecretText.maskedValue(path));
      return Optional.empty();
    }
    List<Argument> command = words.get().stream().map(Argument::of).toList();
    problem(command, ofEvent).ifPresent(problem -> values.problem(RUN, problem));
    if (ofEvent) {
      checkRights(values, path);
    }
    return Optional.of(
        new Program(
            command,
            values.find(WORKING_DIRECTORY),
            values.get(PRIORITY),
            values.find(MEMORY).map(OptionalLong::of).orElse(OptionalLong.empty()),
            ofEvent ? values.get(RUN_AS) : RunAs.AGENT,
            ofEvent && values.get(ELEVATED),
            values.get(ALLOW_WRITABLE_PROGRAM)));
  }

  private static void checkRights(ConfigValues values, String path) {
    boolean ofUser = values.get(RUN_AS) == RunAs.SESSION_USER;
    if (values.get(ELEVATED) && !ofUser) {
      values.problem(ELEVATED, "needs run_as: session_user");
    } else if (values.get(ELEVATED) && !DRIVE.matcher(path).matches()) {
      values.problem(
          RUN,
          "must begin with a drive, such as C:\\, with elevated: a share is on another machine");
    }
    if (values.get(REPLAYED) && ofUser) {
      values.problem(
          REPLAYED,
          "cannot be combined with run_as: session_user: the user of a recorded session is not"
              + " there now");
    }
  }

  private static Optional<String> problem(List<Argument> command, boolean ofEvent) {
    Optional<String> first =
        command.stream().map(Argument::problem).flatMap(Optional::stream).findFirst();
    if (first.isPresent()) {
      return first;
    }
    if (command.get(0).hasField()) {
      return Optional.of(
          "must name the program without fields: otherwise an event would choose it");
    }
    if (!ofEvent && command.stream().anyMatch(Argument::hasField)) {
      return Optional.of("has a field of an event, but with while there is no event");
    }
    return ofEvent ? Interpreters.problem(command) : Optional.empty();
  }

  private static Where where(ConfigValues values) {
    return new Where(
        patterns(values, COMPUTERS, HostPattern::problem, HostPattern::of),
        patterns(values, USERS, UserPattern::problem, UserPattern::of),
        patterns(values, GROUPS, UserPattern::problem, UserPattern::of));
  }

  private static <P> List<P> patterns(
      ConfigValues values,
      Key<List<String>> key,
      Function<String, Optional<String>> problem,
      Function<String, P> make) {
    List<P> patterns = new ArrayList<>();
    for (String text : values.find(key).orElse(List.of())) {
      problem.apply(text).ifPresent(found -> values.problem(key, found));
      patterns.add(make.apply(text));
    }
    return patterns;
  }
}
