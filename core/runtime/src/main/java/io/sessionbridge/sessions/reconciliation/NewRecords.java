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
 * The records of the system's log from the time that the agent missed. A record is ignored if its
 * time is ambiguous because the clock was set.
 *
 * @param ofFormerRun of the previous boot
 * @param ofThisRun of the current boot
 */
record NewRecords(List<Evidence> ofFormerRun, List<Evidence> ofThisRun) {

  /** How long after the sessions the log may be read. */
  private static final Duration READ_LATER = Duration.ofMinutes(1);

  /**
   * Selects the records that are new.
   *
   * @param known up to when nothing was missed; null if nothing was ever reported: then only this
   *     boot counts
   * @param restarted whether the host restarted since
   * @param lastReportOf the last report of a record's session; null if there is none
   */
  static NewRecords of(
      Findings found,
      @Nullable Moment known,
      boolean restarted,
      Function<Evidence, @Nullable Moment> lastReportOf) {
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
            .filter(each -> isNew(each, known, now))
            .filter(each -> isNewForSession(each, known, now, lastReportOf.apply(each)))
            .toList(),
        all.subList(former, all.size()).stream()
            .filter(each -> isNew(each, known, now) && !each.time().isBefore(from))
            .filter(
                each -> restarted || isNewForSession(each, known, now, lastReportOf.apply(each)))
            .filter(each -> !restarted || !isOfAnotherClock(each, now))
            .toList());
  }

  /** Records are in the order in which they were written; those from before the boot come first. */
  private static int formerRecords(List<Evidence> all, Instant boot) {
    int count = all.size();
    while (count > 0 && !all.get(count - 1).time().isBefore(boot)) {
      count--;
    }
    return count;
  }

  /**
   * An event from before the last known moment was reported already. A time after now is from
   * before the clock was set back; it is ambiguous unless the last known moment is after now as
   * well.
   */
  private static boolean isNew(Evidence evidence, @Nullable Moment known, Moment now) {
    boolean wasSetBack = known != null && known.time().isAfter(now.time());
    return (known == null
            || evidence.time().isAfter(known.time())
            || isAfterClockSetBack(evidence, known, now))
        && (wasSetBack || !isOfAnotherClock(evidence, now));
  }

  /**
   * If the clock was set back since the last report of the session, the last known moment has an
   * earlier time than that report. A record from between the two may be the reported event.
   */
  private static boolean isNewForSession(
      Evidence evidence, @Nullable Moment known, Moment now, @Nullable Moment reported) {
    return known == null
        || reported == null
        || !reported.time().isAfter(known.time())
        || isNew(evidence, reported, now);
  }

  /**
   * If the clock was set back to before the boot, its times are new to this boot: records after the
   * last known moment, by the uptime, are new.
   */
  private static boolean isAfterClockSetBack(Evidence evidence, Moment known, Moment now) {
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
