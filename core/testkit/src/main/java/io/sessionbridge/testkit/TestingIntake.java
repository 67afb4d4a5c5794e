package io.sessionbridge.testkit;

import io.sessionbridge.event.EventJson;
import io.sessionbridge.event.EventRecord;
import io.sessionbridge.event.Observation;
import io.sessionbridge.spi.EmitException;
import io.sessionbridge.spi.HostCondition;
import io.sessionbridge.spi.Intake;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An intake that records what a source emits. It refuses what the real one refuses, and fails or
 * blocks on request. Its content survives the source, like a journal: pass it to the next source to
 * test a restart.
 */
public final class TestingIntake implements Intake {

  private static final int MOST_OBSERVATIONS = 1024;
  private static final int MOST_BYTES = 1 << 20;

  /** A loss that a source stated. */
  public record Lost(long count, String reason) {}

  private final SharedState state = new SharedState();
  private final List<List<Observation>> batches = new ArrayList<>();
  private final List<Lost> losses = new ArrayList<>();
  private final Map<String, byte[]> abandoned = new HashMap<>();
  private final List<String> uncounted = new ArrayList<>();
  private final List<String> reconciliations = new ArrayList<>();
  private HostCondition condition = HostCondition.UNKNOWN;
  private long failures;
  private Predicate<Observation> poison = observation -> false;
  private @Nullable Throwable defect;
  private boolean blocked;

  @Override
  public void emit(List<Observation> seen) throws EmitException, InterruptedException {
    requireAllowed(seen);
    state.awaitReleased(() -> blocked);
    throwDefect(state.read(() -> defect));
    if (state.read(() -> seen.stream().anyMatch(poison))) {
      throw new IllegalStateException("not encodable");
    }
    if (state.read(this::isToFail)) {
      throw new EmitException("no space left", new IOException("no space left"));
    }
    state.change(() -> batches.add(List.copyOf(seen)));
  }

  @Override
  public void emitWhenRoom(List<Observation> seen) throws EmitException, InterruptedException {
    emit(seen);
  }

  private static void throwDefect(@Nullable Throwable defect) {
    if (defect instanceof Error error) {
      throw error;
    }
    if (defect instanceof RuntimeException exception) {
      throw exception;
    }
  }

  private boolean isToFail() {
    if (failures == 0) {
      return false;
    }
    failures--;
    return true;
  }

  private static void requireAllowed(List<Observation> seen) {
    int bytes = 0;
    for (Observation observation : seen) {
      bytes += EventJson.write(observation.data()).length;
      byte[] position = observation.position();
      if (position != null && position.length > EventRecord.MAX_POSITION) {
        throw new IllegalArgumentException(
            "a position may have " + EventRecord.MAX_POSITION + " bytes, had " + position.length);
      }
    }
    if (seen.size() > MOST_OBSERVATIONS || bytes > MOST_BYTES) {
      throw new IllegalArgumentException(
          "too much at once: " + seen.size() + " observations, " + bytes + " bytes");
    }
  }

  @Override
  public void lost(long count, String reason) {
    state.change(() -> losses.add(new Lost(count, reason)));
  }

  @Override
  public void lostUncounted(String reason) {
    state.change(() -> uncounted.add(reason));
  }

  @Override
  public void reconcile(String reason) {
    state.change(() -> reconciliations.add(reason));
  }

  @Override
  public void reportCondition(HostCondition reported) {
    state.change(() -> condition = condition.updatedBy(reported));
  }

  @Override
  public Optional<byte[]> resumePosition() {
    byte[] last = null;
    for (Observation observation : taken()) {
      last = observation.position() == null ? last : observation.position();
    }
    return Optional.ofNullable(last);
  }

  @Override
  public Map<String, byte[]> abandonedPositions() {
    return state.read(() -> Map.copyOf(abandoned));
  }

  /** Adds the position of a source that is no longer configured. */
  public void abandon(String id, byte[] position) {
    state.change(() -> abandoned.put(id, position));
  }

  /** Makes the next calls fail. */
  public void failNext(long calls) {
    state.change(() -> failures = calls);
  }

  /** Makes each call with such an observation throw a RuntimeException. */
  public void refuseIf(Predicate<Observation> which) {
    state.change(() -> poison = which);
  }

  /**
   * Makes every call throw, like a defect in the core.
   *
   * @param thrown a RuntimeException or an Error; null for none
   */
  public void defect(@Nullable Throwable thrown) {
    state.change(() -> defect = thrown);
  }

  /** Makes calls wait, as for space in the journal, until {@link #release}. */
  public void block() {
    state.change(() -> blocked = true);
  }

  public void release() {
    state.change(() -> blocked = false);
  }

  /** The observations so far, in order. */
  public List<Observation> taken() {
    return batches().stream().flatMap(List::stream).toList();
  }

  /** The same, one list for each call. */
  public List<List<Observation>> batches() {
    return state.read(() -> List.copyOf(batches));
  }

  public List<Lost> losses() {
    return state.read(() -> List.copyOf(losses));
  }

  /** The reasons of uncounted losses. */
  public List<String> uncounted() {
    return state.read(() -> List.copyOf(uncounted));
  }

  /** The reasons of requested reconciliations. */
  public List<String> reconciliations() {
    return state.read(() -> List.copyOf(reconciliations));
  }

  /** The reported condition of the machine. */
  public HostCondition condition() {
    return state.read(() -> condition);
  }

  /** Whether a call is blocked now. */
  public boolean isBlocked() {
    return state.isAnyInside();
  }

  /** Returns once a call is blocked. */
  public void awaitBlocked() throws InterruptedException {
    state.awaitInside();
  }

  /** Returns once this many observations were emitted. */
  public void awaitTaken(int count) throws InterruptedException {
    state.awaitCount("observations", count, () -> batches.stream().mapToInt(List::size).sum());
  }
}
