package io.sessionbridge.sessions.state;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The sessions by what their users' names have in common, so that a report that names a user alone
 * finds them among thousands. What it gives has to be looked at. Immutable.
 */
public final class UserIndex {

  static final UserIndex EMPTY = new UserIndex(NumberedTable.empty());

  /** What the structures of the terminal services hold of a name. */
  private static final int CUT_NAME = 20;

  private final NumberedTable<Bucket> buckets;

  private record Bucket(long id, List<Long> sessions) implements NumberedTable.Numbered {}

  private UserIndex(NumberedTable<Bucket> buckets) {
    this.buckets = buckets;
  }

  /** A session has changed; null if it was not, or is not any more. */
  public UserIndex changed(@Nullable Session before, @Nullable Session after) {
    User was = before == null ? User.UNKNOWN : before.owner();
    User is = after == null ? User.UNKNOWN : after.owner();
    if (Objects.equals(was.name(), is.name()) && Objects.equals(was.upn(), is.upn())) {
      return this;
    }
    NumberedTable<Bucket> changed = buckets;
    if (before != null) {
      for (long place : places(was)) {
        changed = without(changed, place, before.id());
      }
    }
    if (after != null) {
      for (long place : places(is)) {
        changed = with(changed, place, after.id());
      }
    }
    return new UserIndex(changed);
  }

  private static NumberedTable<Bucket> with(
      NumberedTable<Bucket> buckets, long place, long session) {
    Bucket bucket = buckets.get(place);
    List<Long> sessions = new ArrayList<>(bucket == null ? List.of() : bucket.sessions());
    sessions.add(session);
    return buckets.with(new Bucket(place, List.copyOf(sessions)));
  }

  private static NumberedTable<Bucket> without(
      NumberedTable<Bucket> buckets, long place, long session) {
    Bucket bucket = buckets.get(place);
    if (bucket == null) {
      return buckets;
    }
    List<Long> sessions = new ArrayList<>(bucket.sessions());
    sessions.remove(session);
    return sessions.isEmpty()
        ? buckets.without(place)
        : buckets.with(new Bucket(place, List.copyOf(sessions)));
  }

  /** The numbers of all sessions that can be the user's and perhaps some more, in order. */
  public Set<Long> candidates(User user) {
    Set<Long> found = new TreeSet<>();
    for (long place : places(user)) {
      Bucket bucket = buckets.get(place);
      if (bucket != null) {
        found.addAll(bucket.sessions());
      }
    }
    return found;
  }

  private static Set<Long> places(User user) {
    Set<Long> places = new LinkedHashSet<>();
    if (user.name() != null) {
      places.add(place(user.name()));
    }
    if (user.upn() != null) {
      places.add(place(user.upn()));
    }
    return places;
  }

  /** The same for a name, what Windows leaves of it, and a UPN that begins with it. */
  private static long place(String name) {
    int at = name.indexOf('@');
    String front = at > 0 ? name.substring(0, at) : name;
    String cut = front.length() > CUT_NAME ? front.substring(0, CUT_NAME) : front;
    return cut.toLowerCase(Locale.ROOT).hashCode();
  }
}
