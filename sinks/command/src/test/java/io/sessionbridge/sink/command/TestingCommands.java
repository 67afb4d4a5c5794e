package io.sessionbridge.sink.command;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.event.EventData;
import io.sessionbridge.event.EventFormatException;
import io.sessionbridge.event.EventRecord;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.event.Origin;
import io.sessionbridge.event.SessionEvent;
import io.sessionbridge.health.Health;
import io.sessionbridge.sink.command.config.CommandSinkConfig;
import io.sessionbridge.sink.command.events.OnSink;
import io.sessionbridge.sink.command.process.CommandMetrics;
import io.sessionbridge.sink.command.process.Launcher;
import io.sessionbridge.sink.command.rules.FixedRules;
import io.sessionbridge.sink.command.rules.Rules;
import io.sessionbridge.sink.command.state.WhileSink;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.Host;
import io.sessionbridge.spi.HostActivity;
import io.sessionbridge.spi.HostCondition;
import io.sessionbridge.spi.HostState;
import io.sessionbridge.spi.HostUse;
import io.sessionbridge.spi.Metrics;
import io.sessionbridge.spi.SessionState;
import io.sessionbridge.spi.SinkContext;
import io.sessionbridge.testkit.TestingConfig;
import io.sessionbridge.testkit.TestingEvents;
import io.sessionbridge.testkit.TestingFormats;
import io.sessionbridge.testkit.TestingSinkContext;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Sinks with real programs, and the events and states that they receive. */
public final class TestingCommands implements AutoCloseable {

  private static final long LIMIT_NANOS = 60_000_000_000L;

  private final TestingEvents events = new TestingEvents("json");
  private final TestingSinkContext context;
  private final List<OnSink> connected = new ArrayList<>();
  private long number;

  private volatile Optional<HostState> board = Optional.empty();

  public TestingCommands(Path folder) {
    this(folder, Clock.system());
  }

  public TestingCommands(Path folder, Clock clock) {
    this.context = new TestingSinkContext(clock, folder);
  }

  /** The launcher that the sink has in production. */
  public static Launcher systemLauncher() {
    return SystemLauncher.create();
  }

  /** With the board that a test shows. */
  private final class Context implements SinkContext {

    @Override
    public String id() {
      return context.id();
    }

    @Override
    public Host host() {
      return context.host();
    }

    @Override
    public Clock clock() {
      return context.clock();
    }

    @Override
    public Path dataFolder() {
      return context.dataFolder();
    }

    @Override
    public Metrics metrics() {
      return context.metrics();
    }

    @Override
    public Optional<HostState> state() {
      return board;
    }
  }

  /** What is true of the host from now on: who is in the session 2, known up to that event. */
  public void show(long sequence, String... users) {
    List<SessionState> sessions =
        Stream.of(users)
            .map(
                user ->
                    new SessionState(
                        2,
                        Optional.of(user),
                        Optional.of("CONTOSO"),
                        Optional.empty(),
                        Optional.empty(),
                        Kind.LOGON,
                        Instant.EPOCH))
            .toList();
    board =
        Optional.of(
            new HostState(
                Instant.EPOCH,
                Health.up(),
                sessions,
                HostCondition.UNKNOWN,
                Optional.empty(),
                HostUse.UNKNOWN,
                true,
                sequence));
  }

  public TestingSinkContext context() {
    return context;
  }

  public CommandSinkConfig config(String yaml) {
    return TestingConfig.read(CommandSinkConfig.SPEC, yaml);
  }

  public OnSink on(String yaml) {
    return (OnSink) new CommandSinkFactory().create(new Context(), config(yaml));
  }

  /** Whose programs are what the launcher makes of them. */
  public OnSink on(String yaml, Launcher launcher) {
    CommandSinkConfig config = config(yaml);
    Rules rules = new FixedRules(config.onRule().stream().toList());
    CommandMetrics metrics = new CommandMetrics(context.metrics());
    return new OnSink(rules, () -> launcher, metrics, new Context(), config.concurrency());
  }

  /** The same, connected, until this is closed. */
  public OnSink connected(String yaml, Launcher launcher) throws Exception {
    OnSink sink = on(yaml, launcher);
    connected.add(sink);
    sink.connect();
    return sink;
  }

  @Override
  public void close() {
    connected.forEach(OnSink::close);
  }

  public WhileSink follow(String yaml) {
    return (WhileSink) new CommandSinkFactory().create(context, config(yaml));
  }

  /** An event of now. */
  public EncodedEvent event(EventData.Builder data) {
    return event(data, context.clock().now());
  }

  public EncodedEvent event(EventData.Builder data, Instant time) {
    return events.of(++number, time, data.build());
  }

  /** What a source read from a record of the past, with the time of now. */
  public EncodedEvent recorded(EventData.Builder data) throws EventFormatException {
    return recorded(Observation.recorded(context.clock().now(), whole(data), null));
  }

  /** What another agent made, with the time of now. */
  public EncodedEvent imported(EventData.Builder data) throws EventFormatException {
    Origin origin = new Origin("e-1", "/sessionbridge/x", Optional.empty(), Optional.empty());
    return recorded(Observation.imported(context.clock().now(), whole(data), null, origin));
  }

  private EventData whole(EventData.Builder data) {
    return data.put(Field.HOST_ID, context.host().id())
        .put(Field.HOST_NAME, context.host().name())
        .build();
  }

  private EncodedEvent recorded(Observation observation) throws EventFormatException {
    SessionEvent event =
        EventRecord.decode(EventRecord.encode("in", observation))
            .toEvent(context.host().eventSource(), "7h3jk2", ++number, observation.time());
    return TestingFormats.named("json").encode(event);
  }

  public EncodedEvent logon() {
    return event(TestingEvents.data(Kind.LOGON));
  }

  public long count(String name) {
    return context.metrics().count(name);
  }

  public long gauge(String name) {
    return context.metrics().gauge(name);
  }

  public static HostState activity(HostActivity.State state) {
    return new HostState(
        Instant.EPOCH,
        Health.up(),
        List.of(),
        HostCondition.UNKNOWN,
        Optional.of(new HostActivity(state, Instant.EPOCH, HostActivity.NOBODY)),
        HostUse.UNKNOWN,
        true);
  }

  /** Looks until it is true. */
  public static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + LIMIT_NANOS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("has not come: " + what);
      }
      java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
    }
  }
}
