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
 * Indexes the sessions by a common part of their users' names, to find the sessions of a report
 * that names only a user. May return false positives, which the caller must filter. Immutable.
 */
public final class UserIndex {

  static final UserIndex EMPTY = new UserIndex(NumberedTable.empty());

  /** The length to which Terminal Services structures truncate a name. */
  private static final int TRUNCATED_LENGTH = 20;

  private final NumberedTable<Bucket> buckets;

  private record Bucket(long id, List<Long> sessions) implements NumberedTable.Numbered {}

  private UserIndex(NumberedTable<Bucket> buckets) {
    this.buckets = buckets;
  }

  /** Updates the index after a change of a session; null before its begin and after its removal. */
  public UserIndex changed(@Nullable Session before, @Nullable Session after) {
    User was = before == null ? User.UNKNOWN : before.owner();
    User is = after == null ? User.UNKNOWN : after.owner();
    if (Objects.equals(was.name(), is.name()) && Objects.equals(was.upn(), is.upn())) {
      return this;
    }
    NumberedTable<Bucket> changed = buckets;
    if (before != null) {
      for (long hash : hashes(was)) {
        changed = without(changed, hash, before.id());
      }
    }
    if (after != null) {
      for (long hash : hashes(is)) {
        changed = with(changed, hash, after.id());
      }
    }
    return new UserIndex(changed);
  }

  private static NumberedTable<Bucket> with(
      NumberedTable<Bucket> buckets, long hash, long session) {
    Bucket bucket = buckets.get(hash);
    List<Long> sessions = new ArrayList<>(bucket == null ? List.of() : bucket.sessions());
    sessions.add(session);
    return buckets.with(new Bucket(hash, List.copyOf(sessions)));
  }

  private static NumberedTable<Bucket> without(
      NumberedTable<Bucket> buckets, long hash, long session) {
    Bucket bucket = buckets.get(hash);
    if (bucket == null) {
      return buckets;
    }
    List<Long> sessions = new ArrayList<>(bucket.sessions());
    sessions.remove(session);
    return sessions.isEmpty()
        ? buckets.without(hash)
        : buckets.with(new Bucket(hash, List.copyOf(sessions)));
  }

  /** The numbers of all sessions that can be the user's, and possibly some others, in order. */
  public Set<Long> candidates(User user) {
    Set<Long> found = new TreeSet<>();
    for (long hash : hashes(user)) {
      Bucket bucket = buckets.get(hash);
      if (bucket != null) {
        found.addAll(bucket.sessions());
      }
    }
    return found;
  }

  private static Set<Long> hashes(User user) {
    Set<Long> hashes = new LinkedHashSet<>();
    if (user.name() != null) {
      hashes.add(hash(user.name()));
    }
    if (user.upn() != null) {
      hashes.add(hash(user.upn()));
    }
    return hashes;
  }

  /** The same value for a name, its truncated form, and a UPN that begins with it. */
  private static long hash(String name) {
    int at = name.indexOf('@');
    String front = at > 0 ? name.substring(0, at) : name;
    String cut = front.length() > TRUNCATED_LENGTH ? front.substring(0, TRUNCATED_LENGTH) : front;
    return cut.toLowerCase(Locale.ROOT).hashCode();
  }
}
