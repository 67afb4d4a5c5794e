package io.sessionbridge.sessions.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Generates the steps of a course's agent: its starts and stops, its comparisons, and the reports
 * of its {@link Sources}. Reports while no agent runs are lost.
 */
final class Reporter {

  private static final long LOOKS_AFTER_RESUME = 4_000;

  private final Course course;
  private final Sources sources;
  private final List<Step> steps = new ArrayList<>();
  private final List<Run> runs = new ArrayList<>();
  private final List<Run> sleeps = new ArrayList<>();
  private long runningSince = -1;
  private long lastCompared;

  /** How long the machine still runs after a suspend is reported. */
  private static final long AWAKE = 1_000;

  /** A time in which one agent ran, or in which the machine slept. */
  private record Run(long from, long to) {}

  private Reporter(Course course, boolean shuffled) {
    this.course = course;
    this.sources = new Sources(course, shuffled);
  }

  /** The steps of the course's agent, in their order. */
  static List<Step> steps(Course course) {
    return new Reporter(course, false).report();
  }

  /**
   * The same with the same moments, but other sources report each event first. All of them are
   * asked to know the same.
   */
  static List<Step> shuffledSteps(Course course) {
    return new Reporter(course, true).report();
  }

  private List<Step> report() {
    for (TrueEvent trueEvent : course.trueEvents()) {
      report(trueEvent);
    }
    ifReceived(() -> runs.add(new Run(runningSince, Long.MAX_VALUE)));
    List<Step> all = new ArrayList<>(steps);
    all.addAll(received());
    all.sort(Comparator.comparingLong(Step::at));
    return all;
  }

  private List<Step> received() {
    return sources.reports().stream()
        .filter(report -> receives(report.of().at(), report.at()))
        .map(report -> (Step) new Step.Reported(report.at(), machineAt(report.at()), report))
        .toList();
  }

  /** Whether one agent ran all the while. */
  private boolean receives(long from, long to) {
    return runs.stream().anyMatch(run -> run.from() <= from && to < run.to())
        && sleeps.stream().noneMatch(sleep -> from < sleep.from() && sleep.from() + AWAKE < to);
  }

  private Snapshot machineAt(long at) {
    List<TrueEvent> trueEvents = course.trueEvents();
    int low = 0;
    int high = trueEvents.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (trueEvents.get(middle).at() <= at) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return trueEvents.get(low).after();
  }

  private void report(TrueEvent trueEvent) {
    long at = trueEvent.at();
    Snapshot machine = trueEvent.after();
    switch (trueEvent.what()) {
      case AGENT_START -> {
        runningSince = at;
        steps.add(new Step.Started(at, machine));
        steps.add(compared(trueEvent, at + 1, "started"));
        steps.add(
            new Step.Noted(
                at + 2, machine, Optional.of(machine.present()), Optional.of(machine.film())));
      }
      case AGENT_STOP, AGENT_KILL -> {
        stopped(at);
        steps.add(new Step.Stopped(at, machine, trueEvent.what() == What.AGENT_KILL));
      }
      case POWER_OFF -> {
        if (runningSince >= 0) {
          stopped(at);
          steps.add(new Step.Stopped(at, machine, true));
        }
      }
      case SUSPEND -> sleeps.add(new Run(at, Long.MAX_VALUE));
      case COMPARE -> ifReceived(() -> steps.add(compared(trueEvent, at, "periodic")));
      case RESUME ->
          ifReceived(() -> steps.add(compared(trueEvent, at + LOOKS_AFTER_RESUME, "resumed")));
      case PRESENT, ABSENT ->
          ifReceived(
              () ->
                  steps.add(
                      new Step.Noted(
                          at, machine, Optional.of(machine.present()), Optional.empty())));
      case FILM_START, FILM_END ->
          ifReceived(
              () ->
                  steps.add(
                      new Step.Noted(at, machine, Optional.empty(), Optional.of(machine.film()))));
      default -> {}
    }
    if (trueEvent.what().kind().isPresent()) {
      sources.emit(trueEvent);
    }
  }

  private void stopped(long at) {
    runs.add(new Run(runningSince, at));
    runningSince = -1;
  }

  private void ifReceived(Runnable then) {
    if (runningSince >= 0) {
      then.run();
    }
  }

  /** What was looked up last time is looked up no more. */
  private Step compared(TrueEvent trueEvent, long at, String reason) {
    Snapshot machine = machineAt(at);
    List<LogRecord> log =
        course.trueEvents().stream()
            .filter(past -> course.profile().logReadable() && LogRecord.contains(past))
            .filter(past -> past.at() > lastCompared && past.at() <= at)
            .map(LogRecord::new)
            .toList();
    lastCompared = at;
    Directory directory =
        new Directory(Course.random(course.seed(), 20_000_000L + trueEvent.index()));
    return new Step.Compared(at, machine, reason, directory.all(machine), log);
  }
}
