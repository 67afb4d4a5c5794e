package io.sessionbridge.sink.command.events;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.pattern.UserPattern;
import io.sessionbridge.sink.command.arguments.EventFields;
import io.sessionbridge.sink.command.config.OnRule;
import io.sessionbridge.sink.command.config.Program;
import io.sessionbridge.sink.command.config.RunAs;
import io.sessionbridge.sink.command.config.Where;
import io.sessionbridge.sink.command.process.CommandMetrics;
import io.sessionbridge.sink.command.process.Launch;
import io.sessionbridge.sink.command.process.Launcher;
import io.sessionbridge.sink.command.process.Launcher.UserGoneException;
import io.sessionbridge.sink.command.process.Running;
import io.sessionbridge.sink.command.process.UserDomain;
import io.sessionbridge.sink.command.process.UserGroup;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.SinkContext;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the rules of an event and runs their commands. Several threads, each with another session.
 */
final class EventCommands {

  private static final Logger LOG = LoggerFactory.getLogger(EventCommands.class);

  private final Launcher launcher;
  private final CommandMetrics metrics;
  private final LateEvents late;
  private final SinkContext context;
  private final SessionPresence presence;
  private final AtomicBoolean loggedRecords = new AtomicBoolean();

  /**
   * Why commands of an event failed.
   *
   * @param output of the last one
   */
  record Failure(String reason, String output) {}

  EventCommands(Launcher launcher, CommandMetrics metrics, LateEvents late, SinkContext context) {
    this.launcher = launcher;
    this.metrics = metrics;
    this.late = late;
    this.context = context;
    this.presence = new SessionPresence(context);
  }

  /**
   * Runs the commands of all rules for this event, in the order of the rules. An unexpected
   * exception fails this event only; an error of the virtual machine propagates.
   */
  Optional<Failure> run(List<OnRule> rules, EncodedEvent event) throws InterruptedException {
    List<Failure> failures = new ArrayList<>();
    for (OnRule rule : rules) {
      if (rule.kinds().contains(event.event().kind())) {
        guarded(rule, event).ifPresent(failures::add);
      }
    }
    if (failures.isEmpty()) {
      return Optional.empty();
    }
    String reasons = failures.stream().map(Failure::reason).collect(Collectors.joining("; "));
    return Optional.of(new Failure(reasons, failures.get(failures.size() - 1).output()));
  }

  private Optional<Failure> guarded(OnRule rule, EncodedEvent event) throws InterruptedException {
    try {
      return run(rule, event);
    } catch (RuntimeException | LinkageError e) {
      metrics.failed();
      LOG.error("{} of {}: an internal error of the sink", event.event(), rule.program().path(), e);
      return Optional.of(
          new Failure(rule.program().path() + ": an internal error of the sink: " + e, ""));
    }
  }

  private Optional<Failure> run(OnRule rule, EncodedEvent event) throws InterruptedException {
    try {
      if (!matches(rule, event) || isLate(rule, event) || !isInGroup(rule, event)) {
        return Optional.empty();
      }
      return runWithRetries(rule, event);
    } catch (UserGoneException e) {
      skipped(rule, event, String.valueOf(e.getMessage()));
      return Optional.empty();
    } catch (IOException e) {
      metrics.failed();
      return Optional.of(new Failure(rule.program().path() + ": " + e.getMessage(), ""));
    }
  }

  private void skipped(OnRule rule, EncodedEvent event, String why) {
    metrics.skipped();
    LOG.info("{} of {} runs nothing: {}", event.event(), rule.program().path(), why);
  }

  private boolean isLate(OnRule rule, EncodedEvent event) {
    Duration age = age(event);
    if (age.compareTo(rule.maxAge()) <= 0) {
      return false;
    }
    late.add(event.event().time(), age);
    skipped(rule, event, "the event is " + age.toSeconds() + " s old");
    return true;
  }

  private Duration age(EncodedEvent event) {
    return Duration.between(event.event().time(), context.clock().now());
  }

  private boolean isOwn(EncodedEvent event) {
    return event.event().partitionKey().equals(context.host().id());
  }

  /** Checks what needs no lookup. */
  private boolean matches(OnRule rule, EncodedEvent event) {
    if (!rule.replayed() && !event.event().live()) {
      if (!loggedRecords.getAndSet(true)) {
        LOG.info(
            "sink {}: {} was read from a record of the past; such events run nothing without"
                + " replayed: true",
            context.id(),
            event.event());
      }
      return false;
    }
    EventData data = event.event().data();
    Where where = rule.where();
    String name = data.get(Field.HOST_NAME);
    String qualified = data.get(Field.HOST_FQDN);
    boolean computer =
        where.computers().isEmpty()
            ? isOwn(event)
            : where.computers().stream().anyMatch(host -> host.matches(name, qualified));
    return computer && (where.users().isEmpty() || isUser(where.users(), data));
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

  /**
   * Retries until the groups are known or the event is too old: an unreachable domain controller is
   * no failed command, and does not mean "not a member".
   */
  private boolean isInGroup(OnRule rule, EncodedEvent event)
      throws IOException, UserGoneException, InterruptedException {
    List<UserPattern> wanted = rule.where().groups();
    if (wanted.isEmpty()) {
      return true;
    }
    EventData data = event.event().data();
    if (!data.has(Field.USER_NAME) && !data.has(Field.USER_SID)) {
      return false;
    }
    for (int attempt = 0; ; attempt++) {
      try {
        return UserGroup.isAny(launcher.groups(data, isOwn(event)), wanted);
      } catch (IOException e) {
        Duration left = rule.maxAge().minus(age(event));
        if (left.isNegative() || left.isZero()) {
          throw new IOException("cannot determine the user's groups: " + e.getMessage(), e);
        }
        if (attempt == 0) {
          LOG.warn(
              "{}: cannot determine the user's groups; retrying for up to {} s: {}",
              event.event(),
              left.toSeconds(),
              e.getMessage());
        }
        Duration pause = rule.retryDelay().compareTo(left) < 0 ? rule.retryDelay() : left;
        boolean unused = context.clock().signal().await(pause);
      }
    }
  }

  private Optional<Failure> runWithRetries(OnRule rule, EncodedEvent event)
      throws IOException, UserGoneException, InterruptedException {
    for (int attempt = 0; ; attempt++) {
      Optional<Failure> failure = runOnce(rule, event);
      if (failure.isEmpty()) {
        return failure;
      }
      metrics.failed();
      if (attempt < rule.retries()) {
        boolean unused = context.clock().signal().await(rule.retryDelay());
      }
      if (attempt >= rule.retries() || age(event).compareTo(rule.maxAge()) > 0) {
        LOG.warn("the command for event {} failed: {}", event.event().id(), failure.get().reason());
        return failure;
      }
    }
  }

  private Optional<Failure> runOnce(OnRule rule, EncodedEvent event)
      throws IOException, UserGoneException, InterruptedException {
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
      OptionalInt code;
      String left;
      try {
        code = running.await(rule.timeout());
      } finally {
        metrics.ended();
        left = end(program, running);
      }
      return failure(rule, code, left, running);
    } catch (IOException e) {
      return Optional.of(new Failure(program.path() + ": " + e.getMessage(), ""));
    }
  }

  /**
   * Ends what the command left running. A failure to do so does not change the outcome, which the
   * exit code decides.
   *
   * @return what could not be ended, to append to a sentence
   */
  private static String end(Program program, Running running) {
    List<String> left;
    try {
      left = running.kill();
    } catch (IOException e) {
      String text = "its remaining processes cannot be ended: " + e.getMessage();
      LOG.warn("{}: {}", program.path(), text, e);
      return "; " + text;
    }
    if (left.isEmpty()) {
      return "";
    }
    String processes = left.size() == 1 ? "1 process" : left.size() + " processes";
    String text = processes + " of it cannot be ended and keep running: " + String.join(", ", left);
    LOG.warn("{}: {}", program.path(), text);
    return "; " + text;
  }

  private static Optional<Failure> failure(
      OnRule rule, OptionalInt code, String left, Running running) throws InterruptedException {
    String path = rule.program().path();
    if (code.isEmpty()) {
      return Optional.of(
          new Failure(
              path + " was killed after its timeout of " + rule.timeout().toMillis() + " ms" + left,
              running.output()));
    }
    if (code.getAsInt() == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Failure(path + " ended with exit code " + code.getAsInt() + left, running.output()));
  }

  /** The user whose rights the command gets, who must still be in the session. */
  private Optional<Launch.SessionUser> user(Program program, EncodedEvent event)
      throws IOException, UserGoneException, InterruptedException {
    if (program.runAs() == RunAs.AGENT) {
      return Optional.empty();
    }
    EventData data = event.event().data();
    Long session = data.get(Field.SESSION_ID);
    if (!isOwn(event) || session == null) {
      throw new UserGoneException("the event is not about a session of this host");
    }
    if (program.elevated() && !data.has(Field.USER_SID)) {
      throw new IOException("elevated: the event does not contain the SID of its user");
    }
    if (!presence.isPresent(event.event(), session)) {
      throw new UserGoneException("its user has logged off");
    }
    return Optional.of(
        new Launch.SessionUser(
            OptionalLong.of(session),
            data.find(Field.USER_NAME),
            UserDomain.of(data),
            data.find(Field.USER_DOMAIN),
            data.find(Field.USER_SID)));
  }
}
