package io.sessionbridge.sessions.reconciliation;

import io.sessionbridge.sessions.Evidence;
import io.sessionbridge.sessions.Findings;
import io.sessionbridge.sessions.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the system's log has of the time that is not known yet. Of a record that may be of another
 * time, because the clock was set, nothing is concluded.
 *
 * @param ofFormerRun of the host's former run, before it was started anew
 * @param ofThisRun of the run that goes on
 */
record NewRecords(List<Evidence> ofFormerRun, List<Evidence> ofThisRun) {

  /** The log may be read a moment after the sessions. */
  private static final Duration READ_LATER = Duration.ofMinutes(1);

  /**
   * Those that are news.
   *
   * @param known up to when all was heard; null if nothing ever was: then only this run counts
   * @param restarted whether the host was started anew since
   * @param heardOf when something was told last of the session of a record; null if nothing was
   */
  static NewRecords of(
      Findings found,
      @Nullable Moment known,
      boolean restarted,
      Function<Evidence, @Nullable Moment> heardOf) {
    Moment now = found.now();
    Instant boot =
        now.uptimeMillis().isPresent()
            ? now.time().minusMillis(now.uptimeMillis().getAsLong())
            : restarted ? now.time() : Instant.MIN;
    Instant from = restarted || known == null ? boot : Instant.MIN;
    int former = restarted ? formerRecords(found.evidence(), boot) : 0;
    List<Evidence> all = found.evidence();
    return new NewRecords(
        all.subList(0, former).stream()
            .filter(each -> isNews(each, known, now))
            .filter(each -> isNewsOfItsSession(each, known, now, heardOf.apply(each)))
            .toList(),
        all.subList(former, all.size()).stream()
            .filter(each -> isNews(each, known, now) && !each.time().isBefore(from))
            .filter(each -> restarted || isNewsOfItsSession(each, known, now, heardOf.apply(each)))
            .filter(each -> !restarted || !isOfAnotherClock(each, now))
            .toList());
  }

  /** Records stand in the order in which they were written; what is before the boot is former. */
  private static int formerRecords(List<Evidence> all, Instant boot) {
    int count = all.size();
    while (count > 0 && !all.get(count - 1).time().isBefore(boot)) {
      count--;
    }
    return count;
  }

  /**
   * A happening from before the last moment that is known was heard. One after now is of a clock
   * that was put back since; unless the last known moment is so, too, nobody knows which it is.
   */
  private static boolean isNews(Evidence evidence, @Nullable Moment known, Moment now) {
    boolean wasPutBack = known != null && known.time().isAfter(now.time());
    return (known == null
            || evidence.time().isAfter(known.time())
            || isOfTheClockPutBack(evidence, known, now))
        && (wasPutBack || !isOfAnotherClock(evidence, now));
  }

  /**
   * Where the clock was put back since a session was heard of, the last known moment shows an
   * earlier time than that: a record from between the two may be what was heard.
   */
  private static boolean isNewsOfItsSession(
      Evidence evidence, @Nullable Moment known, Moment now, @Nullable Moment heard) {
    return known == null
        || heard == null
        || !heard.time().isAfter(known.time())
        || isNews(evidence, heard, now);
  }

  /**
   * A clock that was put back to before the host's start shows times that this run has not had
   * before: what it shows since the last known moment, by the uptime, is new.
   */
  private static boolean isOfTheClockPutBack(Evidence evidence, Moment known, Moment now) {
    return known.uptimeMillis().isPresent()
        && now.time().isBefore(known.time().minusMillis(known.uptimeMillis().getAsLong()))
        && !isOfAnotherClock(evidence, now)
        && known
            .byClockOf(now)
            .filter(moment -> evidence.time().isAfter(moment.time()))
            .isPresent();
  }

  private static boolean isOfAnotherClock(Evidence evidence, Moment now) {
    return evidence.time().isAfter(now.time().plus(READ_LATER));
  }
}
