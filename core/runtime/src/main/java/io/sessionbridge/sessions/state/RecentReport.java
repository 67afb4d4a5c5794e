package io.sessionbridge.sessions.state;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.sessions.Correlation.Reporter;
import io.sessionbridge.sessions.Moment;
import io.sessionbridge.sessions.StateFormatException;
import java.util.ArrayList;
import java.util.List;

/**
 * A recently written event, and who reported it.
 *
 * @param kind as written
 * @param reporter who reported it first
 * @param at when it was reported first
 * @param channels all sources that reported it; each reports an event once
 * @param user as first reported
 * @param namesUser whether the written event has the user
 * @param namesClient whether the written event has the client
 * @param ofFormerAgent whether the agent restarted since: the sources of that run are gone, and
 *     only the system's log can repeat it
 */
public record RecentReport(
    Kind kind,
    Reporter reporter,
    Moment at,
    List<String> channels,
    User user,
    boolean namesUser,
    boolean namesClient,
    boolean ofFormerAgent) {

  public static RecentReport of(
      Kind kind, Reporter reporter, Moment at, String channel, EventData data) {
    return new RecentReport(
        kind,
        reporter,
        at,
        List.of(channel),
        User.of(data),
        data.has(Field.USER_NAME) || data.has(Field.USER_SID),
        data.has(Field.CLIENT_NAME) || data.has(Field.CLIENT_ADDRESS),
        false);
  }

  /** Whether a report about that user can be about this event. */
  public boolean canBeOf(User other) {
    return user.sameAs(other) != User.Sameness.DIFFERENT;
  }

  /** Adds another reporter; an inferred event becomes a reported one. */
  public RecentReport reportedBy(Reporter other, String channel) {
    List<String> more = new ArrayList<>(channels.size() + 1);
    more.addAll(channels);
    more.add(channel);
    return new RecentReport(
        kind,
        reporter == Reporter.TRACKER ? other : reporter,
        at,
        List.copyOf(more),
        user,
        namesUser,
        namesClient,
        ofFormerAgent);
  }

  public RecentReport completed() {
    return new RecentReport(kind, reporter, at, channels, user, true, true, ofFormerAgent);
  }

  public RecentReport agentStarted() {
    return new RecentReport(kind, reporter, at, channels, user, namesUser, namesClient, true);
  }

  public void encode(StateWriter out) {
    out.kind(kind);
    out.enumeration(reporter);
    out.moment(at);
    out.number(channels.size());
    channels.forEach(out::text);
    user.encode(out);
    out.flag(namesUser);
    out.flag(namesClient);
    out.flag(ofFormerAgent);
  }

  public static RecentReport decode(StateReader in) throws StateFormatException {
    Kind kind = in.kind();
    Reporter reporter = in.enumeration(Reporter.values());
    Moment at = in.moment();
    int count = in.count();
    List<String> channels = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      channels.add(in.text());
    }
    return new RecentReport(
        kind,
        reporter,
        at,
        List.copyOf(channels),
        User.decode(in),
        in.flag(),
        in.flag(),
        in.flag());
  }
}
