package io.sessionbridge.sink.command;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.pattern.UserPattern;
import io.sessionbridge.sink.command.Launcher.UserGoneException;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.HostState;
import io.sessionbridge.spi.SessionState;
import io.sessionbridge.spi.SinkContext;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the rules of an event and runs their commands. Several threads, each with its session. */
final class EventCommands {

  private static final Logger LOG = LoggerFactory.getLogger(EventCommands.class);

  private final List<OnRule> rules;
  private final Launcher launcher;
  private final CommandMetrics metrics;
  private final SinkContext context;
  private final Optional<HostState> board;

  /**
   * Why commands of an event failed.
   *
   * @param output of the last one
   */
  record Failure(String reason, String output) {}

  EventCommands(
      List<OnRule> rules,
      Launcher launcher,
      CommandMetrics metrics,
      SinkContext context,
      Optional<HostState> board) {
    this.rules = rules;
    this.launcher = launcher;
    this.metrics = metrics;
    this.context = context;
    this.board = board;
  }

  /** Runs the commands of all rules for this event, in the order of the rules. */
  Optional<Failure> run(EncodedEvent event) throws InterruptedException {
    List<Failure> failures = new ArrayList<>();
    for (OnRule rule : rules) {
      if (rule.kinds().contains(event.event().kind())) {
        run(rule, event).ifPresent(failures::add);
      }
    }
    if (failures.isEmpty()) {
      return Optional.empty();
    }
    String reasons = failures.stream().map(Failure::reason).collect(Collectors.joining("; "));
    return Optional.of(new Failure(reasons, failures.get(failures.size() - 1).output()));
  }

  private Optional<Failure> run(OnRule rule, EncodedEvent event) throws InterruptedException {
    Duration age = Duration.between(event.event().time(), context.clock().now());
    try {
      if (!matches(rule, event)) {
        return Optional.empty();
      }
      if (age.compareTo(rule.maxAge()) > 0) {
        throw new UserGoneException("the event is " + age.toSeconds() + " s old");
      }
      return runWithRetries(rule, event);
    } catch (UserGoneException e) {
      metrics.skipped();
      LOG.info("{} of {} runs nothing: {}", event.event(), rule.program().path(), e.getMessage());
      return Optional.empty();
    } catch (IOException e) {
      metrics.failed();
      return Optional.of(new Failure(rule.program().path() + ": " + e.getMessage(), ""));
    }
  }

  private boolean isOwn(EncodedEvent event) {
    return event.event().partitionKey().equals(context.host().id());
  }

  private boolean matches(OnRule rule, EncodedEvent event)
      throws IOException, UserGoneException, InterruptedException {
    EventData data = event.event().data();
    Where where = rule.where();
    String name = data.get(Field.HOST_NAME);
    String qualified = data.get(Field.HOST_FQDN);
    boolean computer =
        where.computers().isEmpty()
            ? isOwn(event)
            : where.computers().stream().anyMatch(host -> host.matches(name, qualified));
    if (!computer || !where.users().isEmpty() && !isUser(where.users(), data)) {
      return false;
    }
    return where.groups().isEmpty() || isInGroup(where.groups(), data, isOwn(event));
  }

  private static boolean isUser(List<UserPattern> users, EventData data) {
    return users.stream()
        .anyMatch(
            user ->
                user.matches(
                    data.get(Field.USER_NAME),
                    data.get(Field.USER_DOMAIN),
                    data.get(Field.USER_SID),
                    data.get(Field.USER_UPN)));
  }

  private boolean isInGroup(List<UserPattern> patterns, EventData data, boolean own)
      throws IOException, UserGoneException, InterruptedException {
    if (!data.has(Field.USER_NAME) && !data.has(Field.USER_SID)) {
      return false;
    }
    Set<String> groups = launcher.groups(data, own);
    return groups.stream().anyMatch(group -> GroupName.of(group).isAny(patterns));
  }

  private Optional<Failure> runWithRetries(OnRule rule, EncodedEvent event)
      throws UserGoneException, InterruptedException {
    for (int attempt = 0; ; attempt++) {
      Optional<Failure> failure = runOnce(rule, event);
      if (failure.isEmpty()) {
        return failure;
      }
      metrics.failed();
      if (attempt >= rule.retries()) {
        LOG.warn("{}: {}", event.event(), failure.get().reason());
        return failure;
      }
      boolean unused = context.clock().signal().await(rule.retryDelay());
    }
  }

  private Optional<Failure> runOnce(OnRule rule, EncodedEvent event)
      throws UserGoneException, InterruptedException {
    Program program = rule.program();
    EventFields fields = new EventFields(event.event());
    Launch launch =
        new Launch(
            program,
            program.command().stream().map(argument -> argument.with(fields::text)).toList(),
            fields.variables(),
            event.body(),
            user(program, event));
    try (Running running = launcher.start(launch)) {
      metrics.started();
      try {
        return await(rule, running);
      } finally {
        metrics.ended();
        running.kill();
      }
    } catch (IOException e) {
      return Optional.of(new Failure(program.path() + ": " + e.getMessage(), ""));
    }
  }

  private static Optional<Failure> await(OnRule rule, Running running)
      throws IOException, InterruptedException {
    OptionalInt code = running.await(rule.timeout());
    String path = rule.program().path();
    running.kill(); // what it left behind, too
    if (code.isEmpty()) {
      return Optional.of(
          new Failure(
              path + " was killed after its timeout of " + rule.timeout().toMillis() + " ms",
              running.output()));
    }
    if (code.getAsInt() == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Failure(path + " ended with exit code " + code.getAsInt(), running.output()));
  }

  /** Whose rights the command has; the user must still be in the session. */
  private Optional<Launch.SessionUser> user(Program program, EncodedEvent event)
      throws UserGoneException {
    if (program.runAs() == RunAs.AGENT) {
      return Optional.empty();
    }
    EventData data = event.event().data();
    Long session = data.get(Field.SESSION_ID);
    if (!isOwn(event) || session == null) {
      throw new UserGoneException("it is not about a session of this host");
    }
    if (board.isPresent() && !isThere(board.get(), session, data.find(Field.USER_NAME))) {
      throw new UserGoneException("its user has logged off");
    }
    return Optional.of(
        new Launch.SessionUser(
            OptionalLong.of(session), data.find(Field.USER_NAME), data.find(Field.USER_SID)));
  }

  private static boolean isThere(HostState state, long session, Optional<String> user) {
    return state.sessions().stream()
        .filter(open -> open.sessionId() == session)
        .map(SessionState::userName)
        .anyMatch(name -> name.isPresent() && (user.isEmpty() || name.equals(user)));
  }
}
