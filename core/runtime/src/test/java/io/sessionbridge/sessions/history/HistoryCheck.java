package io.sessionbridge.sessions.history;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.sessions.history.ActivityTruth.Activity;
import io.sessionbridge.sessions.history.Obligation.Sort;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Holds what is written at each step of a history against its truth. */
final class HistoryCheck {

  /** What is written is not what must be. */
  static final class Mismatch extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Mismatch(String message) {
      super(message);
    }
  }

  /** Kinds that may follow the end of a life in its session. */
  private static final Set<Kind> TRAILING =
      EnumSet.of(
          Kind.CONSOLE_DISCONNECT,
          Kind.REMOTE_DISCONNECT,
          Kind.SESSION_TERMINATE,
          Kind.SESSION_PRESENT,
          Kind.REMOTE_CONTROL);

  private static final long ROUNDED_SECONDS = 1;

  private final Truth truth;
  private final List<Obligation> open = new ArrayList<>();
  private final Map<TrueSession, String> keys = new HashMap<>();
  private final Map<Long, Integer> youngest = new HashMap<>();
  private final Set<TrueSession> ended = new HashSet<>();
  private int next;
  private Activity activity = Activity.UNKNOWN;

  HistoryCheck(Truth truth) {
    this.truth = truth;
  }

  /**
   * Checks what was written at a step.
   *
   * @throws Mismatch at the first event that is wrong, missing or too much
   */
  void check(int step, List<Written> written) {
    open.removeIf(obligation -> obligation.to() < step);
    List<Obligation> all = truth.obligations();
    while (next < all.size() && all.get(next).from() <= step) {
      open.add(all.get(next++));
    }
    written.forEach(event -> checkOne(event));
    for (Obligation obligation : open) {
      if (obligation.required() && obligation.to() == step) {
        throw new Mismatch("missing: " + obligation);
      }
    }
    if (!truth.activity().get(step).contains(activity)
        && !(truth.steps().get(step) instanceof Step.Stopped)) {
      throw new Mismatch("activity is " + activity + ", not " + truth.activity().get(step));
    }
  }

  private void checkOne(Written event) {
    Kind kind = event.data().kind();
    switch (kind.subject()) {
      case BRIDGE -> {}
      case HOST -> {
        if (kind == Kind.HOST_IDLE || kind == Kind.HOST_ACTIVE) {
          checkActivity(event);
        } else {
          settle(event);
        }
      }
      case SESSION -> settle(event);
    }
  }

  private void checkActivity(Written event) {
    Activity written = Activity.IDLE;
    if (event.data().kind() == Kind.HOST_ACTIVE) {
      boolean unknown = "unknown".equals(event.data().get(Field.REASON));
      written = unknown ? Activity.UNKNOWN : Activity.ACTIVE;
    }
    if (written == activity) {
      throw new Mismatch("activity is " + written + " already: " + event);
    }
    activity = written;
  }

  private void settle(Written event) {
    List<Obligation> candidates = open.stream().filter(due -> isMeant(due, event)).toList();
    if (candidates.isEmpty()) {
      throw new Mismatch("nothing asks for this " + event.data().kind().wireName() + ": " + event);
    }
    Obligation due =
        candidates.stream()
            .filter(candidate -> wrong(candidate, event).isEmpty())
            .min(
                Comparator.comparingLong((Obligation each) -> each.distance(event.time()))
                    .thenComparing(each -> !each.required()))
            .orElse(candidates.get(0));
    wrong(due, event)
        .ifPresent(
            wrong -> {
              throw new Mismatch(wrong + "\n  written: " + event + "\n  due:     " + due);
            });
    open.remove(due);
    due.session().ifPresent(session -> remember(session, event));
  }

  private static boolean isMeant(Obligation due, Written event) {
    EventData data = event.data();
    boolean inferred = Optional.of(true).equals(data.find(Field.INFERRED));
    boolean completed = "completed".equals(data.get(Field.REASON));
    boolean ofSort =
        switch (due.sort()) {
          case REPORTED -> !inferred && !completed;
          case COMPLETED -> completed;
          case HEARD_OR_COMPLETED -> !inferred;
          case CONCLUDED -> inferred || data.kind() == Kind.SESSION_PRESENT && !completed;
        };
    return ofSort
        && due.kinds().contains(data.kind())
        && isOfItsUser(due, data)
        && due.sessionId().equals(data.find(Field.SESSION_ID));
  }

  /** Another user's event is another one's; who it is may be unknown. */
  private static boolean isOfItsUser(Obligation due, EventData data) {
    Person user = due.session().map(TrueSession::user).orElse(null);
    return user == null
        || due.accountType().isPresent()
        || data.find(Field.USER_NAME).filter(name -> !name.equals(user.name())).isEmpty()
            && data.find(Field.USER_DOMAIN)
                .filter(domain -> !domain.equals(user.domain()))
                .isEmpty();
  }

  private Optional<String> wrong(Obligation due, Written event) {
    return wrongKey(due, event)
        .or(() -> wrongAccountType(due, event))
        .or(() -> wrongDurations(due, event))
        .or(() -> wrongTimes(due, event));
  }

  private Optional<String> wrongKey(Obligation due, Written event) {
    Optional<String> key = event.data().find(Field.SESSION_KEY);
    if (due.hasAnyKey()) {
      return Optional.empty();
    }
    if (due.session().isEmpty()) {
      return key.map(found -> "a key of no session: " + found);
    }
    TrueSession session = due.session().get();
    Optional<String> known = Optional.ofNullable(keys.get(session));
    if (known.isPresent()) {
      return known.equals(key) ? Optional.empty() : Optional.of("the key is not " + known.get());
    }
    TrueSession earlier = truth.aliases().get(session);
    boolean goesOn = earlier != null && key.equals(Optional.ofNullable(keys.get(earlier)));
    if (goesOn || key.equals(Optional.of(event.id()))) {
      return Optional.empty();
    }
    return Optional.of("the key of a new session is not the id of its first event");
  }

  private static Optional<String> wrongAccountType(Obligation due, Written event) {
    Optional<String> type = event.data().find(Field.ACCOUNT_TYPE);
    return due.accountType().isEmpty() || due.accountType().equals(type)
        ? Optional.empty()
        : Optional.of("the account type is not " + due.accountType().get());
  }

  private static Optional<String> wrongDurations(Obligation due, Written event) {
    Set<String> names = new TreeSet<>(due.durations().keySet());
    for (Category category : Category.values()) {
      names.add(category.last());
      names.add(category.total());
    }
    names.add("session_seconds");
    long sum = 0;
    for (String name : names) {
      Long seconds = event.seconds(name);
      Seconds allowed = due.durations().get(name);
      if (allowed == null && seconds != null) {
        return Optional.of(name + " must be absent");
      }
      if (allowed != null && !allowed.allows(seconds)) {
        return Optional.of(name + " must be " + allowed);
      }
      boolean part = !name.startsWith("last_") && !name.equals("session_seconds");
      sum += part && seconds != null ? seconds : 0;
    }
    Long session = event.seconds("session_seconds");
    return session != null && sum > session + ROUNDED_SECONDS
        ? Optional.of("the totals are " + sum + " s, the life " + session + " s")
        : Optional.empty();
  }

  private static Optional<String> wrongTimes(Obligation due, Written event) {
    Object after = event.value("time_after");
    if (due.sort() != Sort.CONCLUDED || !(after instanceof Instant known)) {
      return Optional.empty();
    }
    if (known.isAfter(event.time())) {
      return Optional.of("time_after is later than the time");
    }
    return due.happenedAt()
        .filter(known.minusSeconds(2)::isAfter)
        .map(time -> "time_after is later than it truly happened, " + time);
  }

  /** The first of the indistinguishable ones whose key it continues. */
  private TrueSession eldest(TrueSession session, Written event) {
    TrueSession earlier = truth.aliases().get(session);
    boolean goesOn =
        earlier != null && Objects.equals(keys.get(earlier), event.data().get(Field.SESSION_KEY));
    return goesOn ? eldest(earlier, event) : session;
  }

  private void remember(TrueSession session, Written event) {
    Kind kind = event.data().kind();
    event.data().find(Field.SESSION_KEY).ifPresent(key -> keys.put(session, key));
    int serial = eldest(session, event).serial();
    int latest = youngest.merge(session.id(), serial, Math::max);
    if (latest > serial) {
      throw new Mismatch("written after a later session of the same id: " + event);
    }
    if (ended.contains(session) && !TRAILING.contains(kind)) {
      throw new Mismatch("written after the end of its life: " + event);
    }
    if (kind == Kind.LOGOFF) {
      ended.add(session);
    }
  }
}
