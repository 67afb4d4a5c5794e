package io.sessionbridge.testkit;

import io.sessionbridge.event.SessionEvent;
import io.sessionbridge.health.Health;
import io.sessionbridge.spi.DeliveryException;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.spi.DeliveryResult.Rejection;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.HostState;
import io.sessionbridge.spi.StateSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A sink with a simulated peer that can be down, slow, broken or selective. The test controls and
 * reads it from its own thread.
 */
public final class TestingSink implements StateSink {

  private final SharedState state = new SharedState();
  private final List<EncodedEvent> delivered = new ArrayList<>();
  private final List<Integer> batchSizes = new ArrayList<>();
  private final List<HostState> shown = new ArrayList<>();
  private Predicate<SessionEvent> refused = event -> false;
  private String refusal = "";

  /** Volatile, so that {@link #check} never waits for a delivery. */
  private volatile @Nullable String down;

  private Optional<RuntimeException> fault = Optional.empty();
  private int room = Integer.MAX_VALUE;
  private boolean held;
  private boolean connected;
  private int connects;
  private int closes;
  private int probes;

  @Override
  public void connect() throws DeliveryException {
    state.change(
        () -> {
          connects++;
          connected = down == null;
        });
    requireUp();
  }

  private void requireUp() throws DeliveryException {
    Health health = check();
    if (!health.isUp()) {
      throw new DeliveryException(health.detail());
    }
  }

  @Override
  public DeliveryResult deliver(List<EncodedEvent> batch) throws InterruptedException {
    state.awaitReleased(() -> held);
    state.change(() -> batchSizes.add(batch.size()));
    Optional<RuntimeException> thrown = state.read(() -> fault);
    if (thrown.isPresent()) {
      throw thrown.get();
    }
    List<DeliveryResult> result = new ArrayList<>();
    state.change(() -> result.add(take(batch)));
    return result.get(0);
  }

  private DeliveryResult take(List<EncodedEvent> batch) {
    if (down != null || !connected) {
      connected = false;
      return DeliveryResult.failed(0, List.of(), down == null ? "not connected" : down);
    }
    List<Rejection> rejected = new ArrayList<>();
    int settled = 0;
    while (settled < batch.size() && room > 0) {
      EncodedEvent event = batch.get(settled);
      if (refused.test(event.event())) {
        rejected.add(new Rejection(settled, refusal));
      } else {
        delivered.add(event);
        room--;
      }
      settled++;
    }
    return settled == batch.size()
        ? DeliveryResult.settled(settled, rejected)
        : DeliveryResult.failed(settled, rejected, "no more room");
  }

  @Override
  public void probe() throws DeliveryException {
    state.change(() -> probes++);
    requireUp();
  }

  @Override
  public void show(HostState now) throws DeliveryException {
    requireUp();
    state.change(() -> shown.add(now));
  }

  @Override
  public Health check() {
    String reason = down;
    return reason == null ? Health.up() : Health.degraded(reason);
  }

  @Override
  public void close() {
    state.change(() -> closes++);
  }

  /** Takes the peer down, with a reason. */
  public void down(String reason) {
    state.change(() -> down = reason);
  }

  /** Brings the peer back. */
  public void up() {
    state.change(() -> down = null);
  }

  /** Makes the peer refuse some events for good. */
  public void rejectIf(Predicate<SessionEvent> which, String reason) {
    state.change(
        () -> {
          refused = which;
          refusal = reason;
        });
  }

  /** Limits how many more events the peer accepts; the rest of a batch must be sent again. */
  public void room(int events) {
    state.change(() -> room = events);
  }

  /** Makes deliver block until {@link #release}. */
  public void hold() {
    state.change(() -> held = true);
  }

  public void release() {
    state.change(() -> held = false);
  }

  /** Makes deliver throw, in violation of its contract, until this is called with empty. */
  public void fault(Optional<RuntimeException> thrown) {
    state.change(() -> fault = thrown);
  }

  /** The events that the peer received, in order, duplicates included. */
  public List<EncodedEvent> delivered() {
    return state.read(() -> List.copyOf(delivered));
  }

  /** The sizes of the batches, failed ones included. */
  public List<Integer> batchSizes() {
    return state.read(() -> List.copyOf(batchSizes));
  }

  public List<HostState> shown() {
    return state.read(() -> List.copyOf(shown));
  }

  public int probes() {
    return state.read(() -> probes);
  }

  public int connects() {
    return state.read(() -> connects);
  }

  public int closes() {
    return state.read(() -> closes);
  }

  /** Returns once the peer has this many events. */
  public void awaitDelivered(int count) throws InterruptedException {
    state.awaitCount("delivered events", count, delivered::size);
  }

  /** Returns once connect was called this often. */
  public void awaitConnects(int count) throws InterruptedException {
    state.awaitCount("connects", count, () -> connects);
  }

  /** Returns once a deliver is blocked. */
  public void awaitHeld() throws InterruptedException {
    state.awaitInside();
  }
}
