package io.sessionbridge.sessions.history;

import io.sessionbridge.event.EventData;
import java.util.List;
import java.util.Optional;

/** What reaches the agent, in the order in which it does. */
sealed interface Step {

  /** In true milliseconds. */
  long at();

  /** How the machine was then; its clocks are those of the step. */
  Snapshot machine();

  /** A source's report. */
  record Reported(long at, Snapshot machine, SourceReport report) implements Step {
    @Override
    public String toString() {
      return report.toString();
    }
  }

  /** How the machine is until further notice; what is empty stays as it was. */
  record Noted(long at, Snapshot machine, Optional<Boolean> present, Optional<Boolean> film)
      implements Step {
    @Override
    public String toString() {
      return Course.clock(at)
          + present.map(value -> value ? " somebody is present" : " nobody is present").orElse("")
          + film.map(value -> value ? " the display is needed" : " the display may sleep")
              .orElse("");
    }
  }

  /** The agent starts; a comparison follows. */
  record Started(long at, Snapshot machine) implements Step {
    @Override
    public String toString() {
      return Course.clock(at) + " the agent starts";
    }
  }

  /**
   * The agent ends.
   *
   * @param killed without an orderly stop
   */
  record Stopped(long at, Snapshot machine, boolean killed) implements Step {
    @Override
    public String toString() {
      return Course.clock(at) + (killed ? " the agent is killed" : " the agent stops");
    }
  }

  /**
   * The agent compares the sessions that exist with those it knows.
   *
   * @param existing as the session directory lists them
   * @param log the event log's records of the time in which the agent did not run
   */
  record Compared(
      long at, Snapshot machine, String reason, List<EventData> existing, List<LogRecord> log)
      implements Step {
    @Override
    public String toString() {
      StringBuilder text =
          new StringBuilder(Course.clock(at) + " comparison (" + reason + ") with");
      existing.forEach(session -> text.append("\n        ").append(Written.brief(session)));
      log.forEach(record -> text.append("\n        log: ").append(record));
      return text.toString();
    }
  }

  /** Time has come so far, and nothing happened. */
  record Ticked(long at, Snapshot machine) implements Step {
    @Override
    public String toString() {
      return Course.clock(at) + " tick";
    }
  }
}
