package io.sessionbridge.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sessionbridge.event.Kind;
import io.sessionbridge.health.Health;
import io.sessionbridge.http.Component;
import io.sessionbridge.spi.HostActivity;
import io.sessionbridge.spi.HostCondition;
import io.sessionbridge.spi.HostState;
import io.sessionbridge.spi.HostUse;
import io.sessionbridge.spi.SessionState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Answers with what a test sets. */
final class TestingAnswers implements AgentAnswers {

  static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");

  final BlockingQueue<byte[]> events = new LinkedBlockingQueue<>();
  volatile HostActivity.State activity = HostActivity.State.ACTIVE;
  volatile boolean judged = true;

  @Override
  public HostState state() {
    return new HostState(
        NOW,
        Health.up(),
        List.of(session(2, "kim"), session(3, "ann")),
        HostCondition.UNKNOWN,
        Optional.of(new HostActivity(activity, NOW.minusSeconds(90), "presence")));
  }

  private static SessionState session(long id, String user) {
    return new SessionState(
        id,
        Optional.of(user),
        Optional.of("CONTOSO"),
        Optional.of(false),
        Optional.of(true),
        Kind.UNLOCK,
        NOW);
  }

  @Override
  public HostUse use() {
    return new HostUse(Optional.of(false), Optional.of(false));
  }

  @Override
  public boolean isJudged() {
    return judged;
  }

  @Override
  public boolean listsSessions() {
    return true;
  }

  @Override
  public AgentStatus status() {
    return new AgentStatus(
        "9.9",
        17,
        NOW,
        Health.degraded("sink lake: the broker k1 is away"),
        List.of(new Component("sink", "lake", Health.degraded("the broker k1 is away"))),
        List.of(
            new AgentStatus.Backlog(
                "lake", 7, 4096, Optional.of(Duration.ofMinutes(3)), 100, 1, 0)),
        Optional.of(
            new AgentStatus.LastEvent(
                NOW,
                "lock",
                12,
                Optional.of("H1"),
                Optional.of(3L),
                Optional.of("ann"),
                Optional.empty())));
  }

  @Override
  public EventFeed feed(Optional<String> sink, Set<Kind> kinds) throws ControlException {
    if (sink.isPresent()) {
      throw new ControlException("the agent has no sink " + sink.get());
    }
    return new EventFeed() {
      @Override
      public Batch next() {
        List<byte[]> some = new ArrayList<>();
        events.drainTo(some, 50);
        return new Batch(0, some);
      }

      @Override
      public void close() {}
    };
  }

  void happened(int number) {
    events.add(("{\"kind\":\"lock\",\"n\":" + number + "}").getBytes(UTF_8));
  }
}
