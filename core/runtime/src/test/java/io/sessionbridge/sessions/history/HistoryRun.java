package io.sessionbridge.sessions.history;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.sessions.EventIds;
import io.sessionbridge.sessions.Evidence;
import io.sessionbridge.sessions.ExistingSession;
import io.sessionbridge.sessions.Findings;
import io.sessionbridge.sessions.HostSessions;
import io.sessionbridge.sessions.Moment;
import io.sessionbridge.sessions.Report;
import io.sessionbridge.sessions.SessionTracker;
import io.sessionbridge.sessions.StateFormatException;
import io.sessionbridge.sessions.TrackerSettings;
import io.sessionbridge.sessions.TrackerStep;
import io.sessionbridge.spi.HostCondition;
import io.sessionbridge.spi.HostCondition.Presence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/**
 * A tracker that goes through the steps of a history as the ingest would lead it: each step's state
 * is committed, now and then and after each comparison it is a checkpoint, and who is killed goes
 * on from the last checkpoint and what was written since.
 */
final class HistoryRun {

  private static final String HOST = "own-id";
  private static final int STEPS_A_CHECKPOINT = 6;

  private final SessionTracker tracker = new SessionTracker(TrackerSettings.ofLiveHost());
  private final Truth truth;
  private final Random random;
  private final List<Observation> tail = new ArrayList<>();
  private final List<List<Written>> written = new ArrayList<>();
  private HostSessions state = HostSessions.empty(HOST);
  private byte[] checkpoint = state.encode();
  private int agent;
  private long sequence;

  HistoryRun(Truth truth) {
    this.truth = truth;
    this.random = Course.random(truth.course().seed(), 40_000_000L);
  }

  /** What is wrong with what the tracker makes of a course; empty if nothing is. */
  static Optional<String> failure(Truth truth) {
    HistoryRun run = new HistoryRun(truth);
    HistoryCheck check = new HistoryCheck(truth);
    int step = 0;
    try {
      for (; step < truth.steps().size(); step++) {
        run.take(truth.steps().get(step));
        check.check(step, run.written.get(step));
      }
      return Optional.empty();
    } catch (HistoryCheck.Mismatch e) {
      return Optional.of(run.describe(step, e.getMessage()));
    } catch (RuntimeException e) {
      return Optional.of(run.describe(step, "defect: " + e + " at " + e.getStackTrace()[0]));
    }
  }

  /** All that is written, step by step. */
  static List<List<Written>> write(Truth truth) {
    HistoryRun run = new HistoryRun(truth);
    truth.steps().forEach(run::take);
    return run.written;
  }

  private void take(Step step) {
    written.add(new ArrayList<>());
    if (step instanceof Step.Started) {
      agent++;
      keep(tracker.apply(state, ofBridge(step, Kind.BRIDGE_START), ids()));
    } else if (step instanceof Step.Stopped stopped) {
      stop(stopped);
      return;
    } else if (step instanceof Step.Reported received) {
      keep(tracker.apply(state, report(received), ids()));
    } else if (step instanceof Step.Noted noted) {
      keep(tracker.note(state, condition(noted), moment(step), ids()));
    } else if (step instanceof Step.Compared compared) {
      keep(tracker.compare(state, findings(compared), ids()));
    } else if (step instanceof Step.Ticked) {
      keep(tracker.advanceTo(state, moment(step), ids()));
    }
    if (random.nextInt(STEPS_A_CHECKPOINT) == 0 || step instanceof Step.Compared) {
      takeCheckpoint();
    }
  }

  private void stop(Step.Stopped stopped) {
    if (!stopped.killed()) {
      keep(tracker.apply(state, ofBridge(stopped, Kind.BRIDGE_STOP), ids()));
      takeCheckpoint();
    }
    try {
      state = HostSessions.decode(checkpoint);
    } catch (StateFormatException e) {
      throw new IllegalStateException(e);
    }
    tail.forEach(event -> state = tracker.absorb(state, event));
  }

  private void takeCheckpoint() {
    checkpoint = state.encode();
    tail.clear();
  }

  /** The write is durable. */
  private void keep(TrackerStep step) {
    for (Observation event : step.events()) {
      sequence++;
      written
          .get(written.size() - 1)
          .add(new Written(id(sequence), event.time(), event.data(), Map.of()));
      tail.add(event);
    }
    state = step.after();
  }

  private EventIds ids() {
    return index -> id(sequence + 1 + index);
  }

  private String id(long number) {
    return "e" + agent + "-" + number;
  }

  // --- what the ingest gives to a tracker

  private static Moment moment(Step step) {
    return new Moment(
        step.machine().wall(step.at()),
        OptionalLong.of(step.machine().uptime(step.at())),
        Optional.of(step.machine().bootId()));
  }

  private static Report report(Step.Reported received) {
    String source = received.report().source();
    return observed(received, source, received.report().data());
  }

  private static Report ofBridge(Step step, Kind kind) {
    return observed(step, "bridge", EventData.builder(kind).build());
  }

  private static Report observed(Step step, String source, EventData data) {
    EventData complete =
        data.toBuilder()
            .put(Field.HOST_ID, HOST)
            .put(Field.HOST_NAME, "HOST7")
            .put(Field.SOURCE_ID, source)
            .put(Field.SOURCE_TYPE, source)
            .put(Field.UPTIME_MS, step.machine().uptime(step.at()))
            .put(Field.BOOT_ID, step.machine().bootId())
            .build();
    return new Report(source, source, Observation.live(step.machine().wall(step.at()), complete));
  }

  private static HostCondition condition(Step.Noted noted) {
    HostCondition condition = HostCondition.UNKNOWN;
    if (noted.present().isPresent()) {
      condition =
          condition.updatedBy(
              HostCondition.of(noted.present().get() ? Presence.PRESENT : Presence.INACTIVE));
    }
    if (noted.film().isPresent()) {
      condition = condition.updatedBy(HostCondition.ofDisplayRequest(noted.film().get()));
    }
    return condition;
  }

  private static Findings findings(Step.Compared compared) {
    return new Findings(
        moment(compared),
        "windows",
        "wts",
        compared.reason(),
        compared.existing().stream().map(ExistingSession::of).toList(),
        compared.log().stream()
            .map(record -> new Evidence(record.time(), record.data(), "system_log"))
            .toList());
  }

  // --- for who reads a failure

  private String describe(int failed, String what) {
    StringBuilder text = new StringBuilder(what).append('\n');
    text.append(truth.course().profile()).append("\nThe course:\n");
    long end = truth.steps().get(failed).at();
    truth.course().trueEvents().stream()
        .filter(trueEvent -> trueEvent.at() <= end)
        .forEach(trueEvent -> text.append("  ").append(trueEvent).append('\n'));
    text.append("What the agent received (>) and wrote (=):\n");
    for (int step = 0; step <= failed; step++) {
      text.append(String.format("  %3d > %s%n", step, truth.steps().get(step)));
      if (step < written.size()) {
        written
            .get(step)
            .forEach(event -> text.append("      = ").append(event.brief()).append('\n'));
      }
    }
    text.append("It owed at the last step:\n");
    truth.obligations().stream()
        .filter(due -> due.from() <= failed && due.to() >= failed)
        .forEach(due -> text.append("    ").append(due).append('\n'));
    return text.append("  activity ").append(truth.activity().get(failed)).toString();
  }
}
