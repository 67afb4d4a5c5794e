package io.sessionbridge.sessions.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Sessions that may be what Windows still lists of one with their number that has ended just now,
 * as far as the reports show. If that is certain, they wait for the next comparison. If the time of
 * the end is unknown, this comparison may write them, and the first one after Windows can no longer
 * list the closed session must have.
 */
final class Remains {

  enum Answer {
    YES,
    NO,
    PERHAPS
  }

  /** So long Windows may list a session at most after its user has logged off. */
  private static final long LISTED = 60_000;

  private record Waiting(int step, long at) {}

  private final Map<TrueSession, Waiting> waiting = new HashMap<>();

  /**
   * Whether a session without a user may be that.
   *
   * @param steady whether the clock was not set since the comparison before
   */
  Answer isMeant(TrueSession session, TruthMaker truth, Step.Compared step, boolean steady) {
    Waiting since = waiting.get(session);
    if (since != null) {
      return step.at() - since.at() > LISTED ? Answer.NO : Answer.PERHAPS;
    }
    List<Known> ended =
        truth.sessions().values().stream()
            .filter(known -> known.over() && known.hadUser() && !known.terminated())
            .filter(known -> isOfNumber(known.session(), session))
            .filter(known -> step.at() - known.lastTold() <= LISTED)
            .toList();
    Answer answer = Answer.NO;
    if (ended.stream().anyMatch(known -> !known.endIsUnsure())) {
      answer = Answer.YES;
    } else if (!ended.isEmpty() || isOfLog(session, truth, step, steady)) {
      answer = Answer.PERHAPS;
      waiting.put(session, new Waiting(truth.now(), step.at()));
    }
    return answer;
  }

  /** Whether only the log has the end of one. */
  private static boolean isOfLog(
      TrueSession session, TruthMaker truth, Step.Compared step, boolean steady) {
    return step.log().stream()
        .map(LogRecord::of)
        .filter(past -> past.what() == What.LOGOFF)
        .filter(past -> !steady || step.at() - past.at() <= LISTED)
        .flatMap(past -> past.session().stream())
        .anyMatch(other -> truth.find(other).isEmpty() && isOfNumber(other, session));
  }

  private static boolean isOfNumber(TrueSession one, TrueSession other) {
    return one != other && one.id() == other.id() && one.boot() == other.boot();
  }

  /** The first step at which it may have been written; it waits no longer. */
  int taken(TrueSession session, int now) {
    Waiting since = waiting.remove(session);
    return since == null ? now : since.step();
  }

  /** Those that are gone before they had to be written. */
  List<TrueSession> takeGone(Step.Compared step) {
    List<TrueSession> gone = new ArrayList<>(waiting.keySet());
    gone.removeIf(session -> step.machine().find(session).isPresent());
    gone.forEach(waiting::remove);
    return gone;
  }
}
