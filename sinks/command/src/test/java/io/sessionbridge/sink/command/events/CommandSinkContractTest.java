package io.sessionbridge.sink.command.events;

import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.sink.command.config.CommandSinkConfig;
import io.sessionbridge.sink.command.process.CommandMetrics;
import io.sessionbridge.sink.command.process.Launch;
import io.sessionbridge.sink.command.process.TestingLauncher;
import io.sessionbridge.sink.command.rules.FixedRules;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.Sink;
import io.sessionbridge.spi.SinkContext;
import io.sessionbridge.testkit.SinkContract;
import io.sessionbridge.testkit.TestingClock;
import io.sessionbridge.testkit.TestingConfig;
import io.sessionbridge.testkit.TestingEvents;
import io.sessionbridge.testkit.TestingHost;
import io.sessionbridge.testkit.TestingMetrics;
import io.sessionbridge.testkit.TestingSinkContext;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * With programs that are none, since the contract delivers more than a thousand events. The sink
 * has no peer that could be away: a command that fails is the dead letter of its event.
 */
final class CommandSinkContractTest extends SinkContract {

  private final List<String> received = new CopyOnWriteArrayList<>();

  @Override
  protected Sink create(SinkContext context) {
    TestingSinkContext atThatTime =
        new TestingSinkContext(
            context.id(),
            new TestingHost(),
            new TestingClock(),
            context.dataFolder(),
            new TestingMetrics());
    CommandSinkConfig config =
        TestingConfig.read(CommandSinkConfig.SPEC, "on: [lock, unlock]\nrun: [/opt/apply]");
    return new OnSink(
        new FixedRules(config.onRule().stream().toList()),
        () -> new TestingLauncher(this::run),
        new CommandMetrics(atThatTime.metrics()),
        atThatTime,
        config.concurrency());
  }

  private OptionalInt run(Launch launch) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    Map<String, String> variables = launch.environment();
    if ("refuse".equals(variables.get("SESSIONBRIDGE_REASON"))) {
      return OptionalInt.of(1);
    }
    received.add(Objects.requireNonNull(variables.get("SESSIONBRIDGE_ID")));
    return OptionalInt.of(0);
  }

  @Override
  protected String format() {
    return "json";
  }

  @Override
  protected List<String> received() {
    return received;
  }

  @Override
  protected void breakPeer() {
    // there is none
  }

  @Override
  protected void healPeer() {
    // there is none
  }

  @Override
  protected boolean noticesAtConnect() {
    return false;
  }

  @Override
  protected boolean noticesAtDelivery() {
    return false;
  }

  @Override
  protected EncodedEvent refused(TestingEvents from) {
    return from.next(TestingEvents.data(Kind.LOCK).put(Field.REASON, "refuse").build());
  }
}
