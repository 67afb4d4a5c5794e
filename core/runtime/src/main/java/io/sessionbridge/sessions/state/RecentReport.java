package io.sessionbridge.sessions.state;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.sessions.Correlation.Teller;
import io.sessionbridge.sessions.Moment;
import io.sessionbridge.sessions.StateFormatException;
import java.util.ArrayList;
import java.util.List;

/**
 * A happening that was written a moment ago, and who told of it.
 *
 * @param kind as written
 * @param teller who told first
 * @param at when that was
 * @param channels all who told of it; each tells of a happening once
 * @param user as told first
 * @param namesUser whether who it was is written
 * @param namesClient whether from where is written
 * @param ofFormerAgent whether the agent was started anew since: the sources that heard of it are
 *     gone, and only the system's log can tell of it again
 */
public record RecentReport(
    Kind kind,
    Teller teller,
    Moment at,
    List<String> channels,
    User user,
    boolean namesUser,
    boolean namesClient,
    boolean ofFormerAgent) {

  public static RecentReport of(
      Kind kind, Teller teller, Moment at, String channel, EventData data) {
    return new RecentReport(
        kind,
        teller,
        at,
        List.of(channel),
        User.of(data),
        data.has(Field.USER_NAME) || data.has(Field.USER_SID),
        data.has(Field.CLIENT_NAME) || data.has(Field.CLIENT_ADDRESS),
        false);
  }

  /** Whether a report of that user can tell of it, too. */
  public boolean canBeOf(User other) {
    return user.sameAs(other) != User.Sameness.DIFFERENT;
  }

  /** Somebody else told of it, too; a conclusion becomes what was told. */
  public RecentReport toldBy(Teller other, String channel) {
    List<String> more = new ArrayList<>(channels.size() + 1);
    more.addAll(channels);
    more.add(channel);
    return new RecentReport(
        kind,
        teller == Teller.TRACKER ? other : teller,
        at,
        List.copyOf(more),
        user,
        namesUser,
        namesClient,
        ofFormerAgent);
  }

  public RecentReport completed() {
    return new RecentReport(kind, teller, at, channels, user, true, true, ofFormerAgent);
  }

  public RecentReport agentStarted() {
    return new RecentReport(kind, teller, at, channels, user, namesUser, namesClient, true);
  }

  public void encode(StateWriter out) {
    out.kind(kind);
    out.enumeration(teller);
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
    Teller teller = in.enumeration(Teller.values());
    Moment at = in.moment();
    int count = in.count();
    List<String> channels = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      channels.add(in.text());
    }
    return new RecentReport(
        kind, teller, at, List.copyOf(channels), User.decode(in), in.flag(), in.flag(), in.flag());
  }
}
