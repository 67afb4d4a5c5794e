package io.sessionbridge.sessions.history;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.sessions.history.ActivityTruth.Activity;
import io.sessionbridge.sessions.history.Obligation.Sort;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes what the truth asks for, by looking at it: it proves that a truth can be met, and what it
 * writes can be spoilt to see whether the check notices.
 */
final class Scribe {

  private final Truth truth;
  private final Map<TrueSession, String> keys = new HashMap<>();
  private Activity activity = Activity.UNKNOWN;
  private int sequence;

  Scribe(Truth truth) {
    this.truth = truth;
  }

  /** All that must be written, step by step. */
  List<List<Written>> write() {
    List<List<Written>> all = new ArrayList<>();
    for (int step = 0; step < truth.steps().size(); step++) {
      List<Written> written = new ArrayList<>();
      for (Obligation due : truth.obligations()) {
        if (due.required() && due.to() == step) {
          written.add(write(due, truth.steps().get(step)));
        }
      }
      writeActivity(step, written);
      all.add(written);
    }
    return all;
  }

  private Written write(Obligation due, Step step) {
    String id = "e-" + ++sequence;
    Kind kind = due.kinds().stream().sorted().findFirst().orElseThrow();
    EventData.Builder data = EventData.builder(kind);
    due.sessionId().ifPresent(session -> data.put(Field.SESSION_ID, session));
    due.session()
        .ifPresent(session -> data.put(Field.SESSION_KEY, keys.computeIfAbsent(session, s -> id)));
    due.accountType().ifPresent(type -> data.put(Field.ACCOUNT_TYPE, type));
    if (due.sort() == Sort.CONCLUDED) {
      data.put(Field.INFERRED, true);
    }
    if (due.sort() == Sort.COMPLETED) {
      data.put(Field.REASON, "completed");
    }
    Map<String, Object> durations = new HashMap<>();
    due.durations()
        .forEach(
            (name, seconds) -> {
              if (seconds.required()) {
                durations.put(name, seconds.most() / 1000);
              }
            });
    return new Written(id, step.machine().wall(step.at()), data.build(), durations);
  }

  private void writeActivity(int step, List<Written> written) {
    Set<Activity> allowed = truth.activity().get(step);
    if (allowed.contains(activity)) {
      return;
    }
    activity = allowed.iterator().next();
    EventData.Builder data =
        EventData.builder(activity == Activity.IDLE ? Kind.HOST_IDLE : Kind.HOST_ACTIVE);
    if (activity == Activity.UNKNOWN) {
      data.put(Field.REASON, "unknown");
    }
    Step at = truth.steps().get(step);
    written.add(new Written("e-" + ++sequence, at.machine().wall(at.at()), data.build(), Map.of()));
  }
}
