package io.sessionbridge.sessions.history;

import static io.sessionbridge.sessions.history.TruthMaker.kinds;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.sessions.history.Obligation.Sort;
import io.sessionbridge.sessions.history.View.Attachment;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a comparison must infer. Ends and beginnings of lives and changes of the state must be
 * written, anything in between may be; and if nothing was missed, nothing is inferred.
 */
final class ComparisonTruth {

  /** What changes how the seconds of a session count. */
  private static final Set<What> CHANGES =
      EnumSet.of(
          What.LOGON,
          What.LOGOFF,
          What.LOCK,
          What.UNLOCK,
          What.SAVER_START,
          What.SAVER_STOP,
          What.CONSOLE_CONNECT,
          What.CONSOLE_DISCONNECT,
          What.REMOTE_CONNECT,
          What.REMOTE_DISCONNECT);

  private static final Set<What> LEAVES_OR_JOINS =
      EnumSet.of(
          What.CONSOLE_CONNECT,
          What.CONSOLE_DISCONNECT,
          What.REMOTE_CONNECT,
          What.REMOTE_DISCONNECT);

  private final TruthMaker truth;
  private final Step.Compared step;
  private final List<TrueEvent> missed;

  ComparisonTruth(TruthMaker truth, Step.Compared step) {
    this.truth = truth;
    this.step = step;
    this.missed =
        truth.course().trueEvents().stream()
            .filter(past -> past.at() > truth.lastCompared() && past.at() <= step.at())
            .filter(past -> past.what().kind().isPresent() && !truth.wasReported(past))
            .toList();
  }

  void conclude() {
    concludeSleep();
    truth.open().forEach(this::concludeEnd);
    truth.remains().takeGone(step).forEach(gone -> perhaps(gone, Kind.SESSION_TERMINATE));
    step.machine().sessions().stream()
        .filter(view -> view.stage() != View.Stage.OVER)
        .forEach(this::concludePresence);
    if (step.log().isEmpty()) {
      return;
    }
    missed.stream().filter(past -> LogRecord.contains(past)).forEach(this::concludeFromLog);
  }

  /** A sleep with one or both ends missed. */
  private void concludeSleep() {
    boolean slept =
        missed.stream().anyMatch(past -> past.what() == What.SUSPEND || past.what() == What.RESUME);
    if (slept) {
      long from = truth.asleepSince() >= 0 ? truth.asleepSince() : truth.stoppedAt();
      truth.sleeps().add(new Tape.Sleep(from, step.at(), false));
    }
    if (step.reason().equals("started")) {
      truth.open().forEach(Known::wasUnwatched);
      truth.awake();
    }
  }

  private boolean missedSomethingOf(TrueSession session) {
    return missed.stream()
        .filter(past -> CHANGES.contains(past.what()))
        .anyMatch(past -> past.session().filter(session::equals).isPresent());
  }

  private boolean exists(TrueSession session) {
    return step.machine().find(session).isPresent() && session.boot() == step.machine().boot();
  }

  private void concludeEnd(Known known) {
    TrueSession session = known.session();
    boolean lifeGoesOn =
        step.machine().find(session).map(View::loggedOn).orElse(false) || !known.alive();
    if (exists(session) && lifeGoesOn) {
      return;
    }
    int from = session.boot() < step.machine().boot() ? truth.shutdownStep() : -1;
    if (known.alive()) {
      TrueEvent end = end(session);
      known.darken(known.lastHeard());
      Obligation logoff =
          due(from >= 0 ? from : truth.now(), true, kinds(Kind.LOGOFF), session, end);
      new Lengths(known, truth.sleeps()).addToEnd(logoff, known.lastHeard(), end.at());
      if (clockIsSteady(known.lastHeard())) {
        logoff.happenedAt(end.after().wall(end.at()));
      }
      truth.owe(logoff);
    }
    perhaps(session, Kind.CONSOLE_DISCONNECT, Kind.REMOTE_DISCONNECT);
    perhaps(session, Kind.SESSION_TERMINATE);
    boolean steady = clockIsSteady(known.lastHeard());
    known.endUnheard(steady ? toldEnd(session) : step.at(), !steady);
  }

  /** When its end is seen: from the log if it has a record, else when noticed. */
  private long toldEnd(TrueSession session) {
    return step.log().stream()
        .map(LogRecord::of)
        .filter(past -> past.what() == What.LOGOFF)
        .filter(past -> past.session().filter(session::equals).isPresent())
        .mapToLong(TrueEvent::at)
        .max()
        .orElse(step.at());
  }

  private boolean clockIsSteady(long since) {
    return truth.course().trueEvents().stream()
        .noneMatch(
            past -> past.what() == What.CLOCK_STEP && past.at() > since && past.at() <= step.at());
  }

  /** Its logoff, or the moment at which the machine was off. */
  private TrueEvent end(TrueSession session) {
    List<TrueEvent> trueEvents = truth.course().trueEvents();
    return trueEvents.stream()
        .filter(past -> past.at() <= step.at())
        .filter(
            past ->
                past.what() == What.LOGOFF && past.session().filter(session::equals).isPresent())
        .findFirst()
        .or(
            () ->
                trueEvents.stream()
                    .filter(past -> past.what() == What.POWER_OFF)
                    .filter(past -> past.after().boot() == session.boot())
                    .findFirst())
        .orElseThrow();
  }

  private void concludePresence(View view) {
    TrueSession session = view.session();
    Optional<Known> before = truth.find(session);
    if (before.isEmpty() && !view.loggedOn() && remains(session)) {
      return;
    }
    int from = truth.remains().taken(session, truth.now());
    Known known = truth.meet(session);
    EventData listed = listed(session);
    if (before.isEmpty()) {
      Set<Kind> begins = kinds(Kind.SESSION_PRESENT, Kind.SESSION_CREATE);
      if (view.loggedOn()) {
        begins = kinds(Kind.SESSION_PRESENT, Kind.LOGON);
      }
      truth.owe(
          due(
              view.loggedOn() ? truth.now() : from,
              !truth.aliases().containsKey(session) || view.loggedOn(),
              begins,
              session,
              "it exists"));
      perhapsState(session);
    } else if (view.loggedOn() && !known.alive()) {
      truth.owe(
          due(
              truth.now(),
              true,
              kinds(Kind.LOGON, Kind.SESSION_PRESENT),
              session,
              "it has a user"));
      perhapsState(session);
    } else if (missedSomethingOf(session)) {
      concludeChange(known, view);
    } else if (known.alive() && known.locked().isEmpty()) {
      perhaps(session, Kind.LOCK, Kind.UNLOCK);
    }
    if (listed.has(Field.USER_NAME)) {
      if (known.alive() && !known.userTold()) {
        perhaps(session, Kind.SESSION_PRESENT);
      }
      known.userIsTold();
    }
    boolean begins = view.loggedOn() && !known.alive();
    known.seen(view, logonAt(session), step.at());
    if (begins && wasLeftSince(logonAt(session), session)) {
      known.lockIsForgotten();
    }
  }

  /** Whether it waits for a later comparison, or may. */
  private boolean remains(TrueSession session) {
    Remains.Answer answer =
        truth.remains().isMeant(session, truth, step, clockIsSteady(truth.lastCompared()));
    if (answer == Remains.Answer.PERHAPS) {
      perhaps(session, Kind.SESSION_PRESENT);
    }
    return answer != Remains.Answer.NO;
  }

  /** Who comes back signs in, and a comparison that sees the lock then writes nothing of it. */
  private boolean wasLeftSince(long logon, TrueSession session) {
    return missed.stream()
        .filter(past -> past.at() > logon && LEAVES_OR_JOINS.contains(past.what()))
        .anyMatch(past -> past.session().filter(session::equals).isPresent());
  }

  private void perhapsState(TrueSession session) {
    perhaps(session, Kind.CONSOLE_CONNECT, Kind.REMOTE_CONNECT);
    perhaps(session, Kind.CONSOLE_DISCONNECT, Kind.REMOTE_DISCONNECT);
    perhaps(session, Kind.LOCK);
  }

  private void concludeChange(Known known, View view) {
    TrueSession session = view.session();
    if (!known.attachment().equals(Optional.of(view.attachment()))) {
      boolean left = view.attachment() == Attachment.NONE;
      owe(
          known,
          known.connected().isPresent(),
          left ? Category.ACTIVE : Category.DISCONNECTED,
          connections(known, view));
      if (!left) {
        perhaps(session, Kind.CONSOLE_DISCONNECT, Kind.REMOTE_DISCONNECT);
      }
    }
    if (wasLeft(session)) {
      known.lockIsForgotten();
    }
    if (known.alive() && !known.locked().equals(Optional.of(view.locked()))) {
      // no source reports the lock of a disconnected session
      boolean sure =
          known.lockedByEvent().isPresent() && known.connected().equals(Optional.of(true));
      owe(
          known,
          sure && view.connected() && !wasLeft(session),
          view.locked() ? Category.ACTIVE : Category.LOCKED,
          kinds(view.locked() ? Kind.LOCK : Kind.UNLOCK));
      if (sure && view.connected() && !wasLeft(session)) {
        known.lockIsConcluded(view.locked());
      }
    }
    known.darken(known.lastHeard());
  }

  /** Whether it was left or joined meanwhile: then nobody knows when its lock began or ended. */
  private boolean wasLeft(TrueSession session) {
    return missed.stream()
        .filter(past -> LEAVES_OR_JOINS.contains(past.what()))
        .anyMatch(past -> past.session().filter(session::equals).isPresent());
  }

  private static Set<Kind> connections(Known known, View view) {
    return switch (view.attachment()) {
      case CONSOLE -> kinds(Kind.CONSOLE_CONNECT);
      case REMOTE -> kinds(Kind.REMOTE_CONNECT);
      case NONE -> {
        if (known.beganUnheard()) {
          yield kinds(Kind.REMOTE_DISCONNECT, Kind.CONSOLE_DISCONNECT);
        }
        boolean remote = known.attachment().equals(Optional.of(Attachment.REMOTE));
        yield kinds(remote ? Kind.REMOTE_DISCONNECT : Kind.CONSOLE_DISCONNECT);
      }
    };
  }

  /** A change whose moment nobody knows: its durations are anything up to now. */
  private void owe(Known known, boolean required, Category ends, Set<Kind> kinds) {
    Obligation change = due(truth.now(), required, kinds, known.session(), "it is so, by " + ends);
    if (known.alive()) {
      for (Category category : Category.values()) {
        change.with(category.last(), Seconds.between(0, known.life(step.at()).most()));
      }
    }
    truth.owe(change);
  }

  /** Each record of the log may be written once. */
  private void concludeFromLog(TrueEvent past) {
    if (truth.owed(past).filter(due -> isLastOfItsKinds(past, due)).isPresent()) {
      return;
    }
    if (past.session().isEmpty()) {
      truth.owe(
          new Obligation(
              truth.now(),
              truth.now(),
              false,
              Sort.CONCLUDED,
              kinds(past.what().kind().orElseThrow()),
              Optional.empty(),
              Optional.empty(),
              past));
      return;
    }
    past.session()
        .ifPresent(
            session -> {
              truth.seekAlias(session);
              if (past.what() == What.LOGON && !exists(session)) {
                perhaps(session, Kind.LOGOFF);
              }
              Obligation due =
                  due(truth.now(), false, kinds(past.what().kind().orElseThrow()), session, past);
              due.near(past.after().wall(past.at()));
              truth.owe(withAnyDuration(due));
            });
  }

  private boolean isLastOfItsKinds(TrueEvent past, Obligation due) {
    return missed.stream()
        .filter(other -> other.index() > past.index() && LogRecord.contains(other))
        .filter(other -> other.what().kind().filter(due.kinds()::contains).isPresent())
        .noneMatch(other -> other.session().equals(past.session()));
  }

  private void perhaps(TrueSession session, Kind... kinds) {
    truth.owe(withAnyDuration(due(truth.now(), false, kinds(kinds), session, "it may be written")));
  }

  private Obligation withAnyDuration(Obligation due) {
    Seconds anything = Seconds.between(0, step.at());
    for (Category category : Category.values()) {
      due.with(category.last(), anything).with(category.total(), anything);
    }
    return due.with("session_seconds", anything);
  }

  private Obligation due(
      int from, boolean required, Set<Kind> kinds, TrueSession session, Object why) {
    Obligation due =
        new Obligation(
            from,
            truth.now(),
            required,
            Sort.CONCLUDED,
            kinds,
            Optional.of(session.id()),
            Optional.of(session),
            why);
    return kinds.contains(Kind.LOGON) ? due.near(session.logonTime()) : due;
  }

  private long logonAt(TrueSession session) {
    return truth.course().trueEvents().stream()
        .filter(past -> past.what() == What.LOGON)
        .filter(past -> past.session().filter(session::equals).isPresent())
        .mapToLong(TrueEvent::at)
        .findFirst()
        .orElse(step.at());
  }

  private EventData listed(TrueSession session) {
    return step.existing().stream()
        .filter(data -> Optional.of(session.id()).equals(data.find(Field.SESSION_ID)))
        .findFirst()
        .orElse(EventData.builder(Kind.SESSION_PRESENT).build());
  }
}
