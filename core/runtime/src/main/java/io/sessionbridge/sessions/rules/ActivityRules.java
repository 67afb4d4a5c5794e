package io.sessionbridge.sessions.rules;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.sessions.Moment;
import io.sessionbridge.sessions.TrackerSettings;
import io.sessionbridge.sessions.state.Activity;
import io.sessionbridge.sessions.state.Activity.Tick;
import io.sessionbridge.spi.HostActivity;
import io.sessionbridge.spi.HostActivity.State;
import io.sessionbridge.spi.HostCondition.Presence;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Judges whether a user is present.
 *
 * <table>
 * <caption>The rule</caption>
 * <tr><th>sessions in use</th><th>reported presence</th><th>activity</th></tr>
 * <tr><td>none, for the waiting time</td><td>any</td><td>idle</td></tr>
 * <tr><td>some</td><td>present</td><td>active</td></tr>
 * <tr><td>some</td><td>inactive, for the waiting time, no display request</td><td>idle</td></tr>
 * <tr><td>some</td><td>inactive, display request</td><td>active</td></tr>
 * <tr><td>some</td><td>never</td><td>unknown</td></tr>
 * <tr><td>possibly some</td><td></td><td>unknown</td></tr>
 * </table>
 *
 * <p>During the waiting time the previous activity stays.
 */
public final class ActivityRules {

  private ActivityRules() {}

  /** The outcome: a state, its basis and its begin; null for no change. */
  private record Verdict(State state, String basis, Tick since) {}

  public static void judge(Step step, Moment now) {
    if (!step.settings.live()) {
      return;
    }
    Tick tick = step.tick(now);
    Activity activity = step.activity.used(step.counts.inUse(), step.cameIntoUse, tick);
    step.cameIntoUse = false;
    step.activity = activity;
    if (step.sleep.isAsleep() || tick.ticks() < activity.judgedFrom()) {
      return;
    }
    Verdict verdict = verdict(step, activity, tick);
    if (verdict == null) {
      return;
    }
    HostActivity shown = activity.shown();
    if (verdict.state() != shown.state()) {
      show(step, verdict, now);
    } else if (!verdict.basis().equals(shown.basis())) { // shown on the board, no event
      HostActivity rebased = new HostActivity(shown.state(), shown.since(), verdict.basis());
      step.activity = activity.shown(rebased, activity.sinceTicks());
    }
  }

  private static @Nullable Verdict verdict(Step step, Activity activity, Tick tick) {
    if (activity.inUse() > 0) {
      return inUse(step, activity, tick);
    }
    if (step.counts.perhaps() > 0) {
      return new Verdict(State.UNKNOWN, HostActivity.UNKNOWN, tick);
    }
    Tick from = activity.noneFrom();
    if (from == null || !waited(step, from, tick)) {
      return null;
    }
    boolean nobody = step.counts.people() == 0;
    return new Verdict(State.IDLE, nobody ? HostActivity.NOBODY : HostActivity.LOCKED, from);
  }

  private static @Nullable Verdict inUse(Step step, Activity activity, Tick tick) {
    State shown = activity.shown().state();
    if (activity.presence() == null) {
      boolean soon = shown == State.ACTIVE && tick.ticks() < activity.settledFrom();
      return soon ? null : new Verdict(State.UNKNOWN, HostActivity.UNKNOWN, tick);
    }
    if (activity.presence() == Presence.PRESENT) {
      return new Verdict(State.ACTIVE, HostActivity.PRESENCE, tick);
    }
    if (activity.displayRequested()) {
      return new Verdict(State.ACTIVE, HostActivity.DISPLAY_REQUEST, tick);
    }
    Tick from = activity.absentFrom();
    if (waited(step, from, tick)) {
      return new Verdict(State.IDLE, HostActivity.PRESENCE, from);
    }
    boolean came = activity.useFrom().ticks() > activity.presenceFrom().ticks();
    return came || shown == State.IDLE
        ? new Verdict(State.ACTIVE, HostActivity.SESSION, tick)
        : null;
  }

  private static boolean waited(Step step, Tick from, Tick now) {
    return now.ticks() - from.ticks() >= step.settings.idleAfter().toMillis();
  }

  /** The previous activity lasts until the next one begins, so that the durations add up. */
  private static void show(Step step, Verdict verdict, Moment now) {
    Activity activity = step.activity;
    HostActivity before = activity.shown();
    boolean idle = verdict.state() == State.IDLE;
    EventData.Builder data = step.derived(idle ? Kind.HOST_IDLE : Kind.HOST_ACTIVE);
    data.put(Field.SOURCE_ID, Step.AGENT)
        .put(Field.SOURCE_TYPE, Step.AGENT)
        .put(Field.SINCE, verdict.since().time())
        .put(Field.BASIS, verdict.basis());
    if (verdict.state() == State.UNKNOWN) {
      data.put(Field.REASON, "unknown");
    }
    if (now.uptimeMillis().isPresent()) {
      data.put(Field.UPTIME_MS, now.uptimeMillis().getAsLong());
      long seconds = Math.max(0, verdict.since().ticks() - activity.sinceTicks()) / 1000;
      if (before.state() == State.IDLE) {
        data.put(Field.LAST_HOST_IDLE_SECONDS, seconds);
      } else if (before.state() == State.ACTIVE) {
        data.put(Field.LAST_HOST_ACTIVE_SECONDS, seconds);
      }
    }
    step.derive(now.time(), data);
    step.activity =
        activity.shown(
            new HostActivity(verdict.state(), verdict.since().time(), verdict.basis()),
            verdict.since().ticks());
  }

  /** Milliseconds of awake time until the judgement may change without a report. */
  public static OptionalLong millisToJudge(Activity activity, TrackerSettings settings, Tick now) {
    if (now.ticks() < activity.judgedFrom()) {
      return OptionalLong.of(activity.judgedFrom() - now.ticks());
    }
    if (activity.presence() == null && now.ticks() < activity.settledFrom()) {
      return OptionalLong.of(activity.settledFrom() - now.ticks());
    }
    if (activity.shown().state() == State.IDLE) {
      return OptionalLong.empty();
    }
    Tick from = activity.noneFrom();
    if (from == null && activity.presence() == Presence.INACTIVE && !activity.displayRequested()) {
      from = activity.absentFrom();
    }
    if (from == null) {
      return OptionalLong.empty();
    }
    long due = from.ticks() + settings.idleAfter().toMillis();
    return OptionalLong.of(Math.max(0, due - now.ticks()));
  }
}
