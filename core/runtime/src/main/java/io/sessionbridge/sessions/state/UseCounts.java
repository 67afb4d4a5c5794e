package io.sessionbridge.sessions.state;

import org.jspecify.annotations.Nullable;

/**
 * Counts of a host's sessions, updated incrementally.
 *
 * @param inUse sessions certainly in use
 * @param perhaps sessions of people with an unknown state
 * @param people sessions of people who count
 * @param closed closed sessions that are kept for late reports
 */
public record UseCounts(int inUse, int perhaps, int people, int closed) {

  public static final UseCounts NONE = new UseCounts(0, 0, 0, 0);

  public UseCounts changed(@Nullable Session before, @Nullable Session after) {
    int inUseChange = of(after, Session.Use.YES) - of(before, Session.Use.YES);
    int perhapsChange = of(after, Session.Use.UNKNOWN) - of(before, Session.Use.UNKNOWN);
    int peopleChange = people(after) - people(before);
    int closedChange = closed(after) - closed(before);
    if ((inUseChange | perhapsChange | peopleChange | closedChange) == 0) {
      return this;
    }
    return new UseCounts(
        inUse + inUseChange, perhaps + perhapsChange, people + peopleChange, closed + closedChange);
  }

  private static int of(@Nullable Session session, Session.Use use) {
    return session != null && session.use() == use ? 1 : 0;
  }

  private static int people(@Nullable Session session) {
    return session != null && session.hasPerson() ? 1 : 0;
  }

  private static int closed(@Nullable Session session) {
    return session != null && !session.isOpen() ? 1 : 0;
  }
}
