package io.sessionbridge.sessions.history;

import io.sessionbridge.sessions.history.ActivityTruth.Activity;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an agent must derive from its steps. Computed from the course and from its reports and their
 * times, never from how a tracker works.
 *
 * @param steps those of the reporter, and ticks where a wait must not have ended yet or must have
 * @param obligations what must or may be written; nothing else may
 * @param activity what the activity may be after each step
 * @param aliases sessions that cannot be distinguished from an earlier one, whose key they may
 *     continue
 */
record Truth(
    Course course,
    List<Step> steps,
    List<Obligation> obligations,
    List<Set<Activity>> activity,
    Map<TrueSession, TrueSession> aliases) {

  static Truth of(Course course) {
    return new TruthMaker(course, Reporter.steps(course)).make();
  }

  /** Of the course whose sources speak in another order. */
  static Truth shuffled(Course course) {
    return new TruthMaker(course, Reporter.shuffledSteps(course)).make();
  }
}
