package io.sessionbridge.delivery;

import static java.util.stream.Collectors.joining;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.SessionEvent;
import io.sessionbridge.pattern.HostPattern;
import io.sessionbridge.pattern.UserPattern;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which events a sink receives. A gap always passes, because it reports what the sink missed. The
 * agent's own events concern no user, so only {@code kinds} and {@code remote} apply to them; to
 * imported ones of another agent, {@code hosts} applies as well.
 *
 * <p>Immutable; all patterns are precompiled and no event data is retained.
 */
public final class Selection {

  /** All account types except those that belong to no person. */
  static final Set<AccountChoice> PEOPLE =
      Collections.unmodifiableSet(
          EnumSet.of(
              AccountChoice.LOCAL,
              AccountChoice.DOMAIN,
              AccountChoice.ENTRA,
              AccountChoice.UNKNOWN));

  static final Set<AccountChoice> ALL_ACCOUNTS =
      Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(AccountChoice.ALL)));

  /** All events. */
  public static final Selection ALL =
      new Selection(Set.of(), Optional.empty(), ALL_ACCOUNTS, List.of(), List.of(), List.of());

  /** The default: all events except those of virtual and service accounts. */
  public static final Selection DEFAULT =
      new Selection(Set.of(), Optional.empty(), PEOPLE, List.of(), List.of(), List.of());

  private final Set<Kind> kinds;
  private final Optional<Boolean> remote;
  private final Set<AccountChoice> accounts;
  private final List<UserPattern> users;
  private final List<UserPattern> notUsers;
  private final List<HostPattern> hosts;

  /**
   * Selects the events that pass every criterion.
   *
   * @param kinds the wanted kinds; all if empty
   * @param remote wanted sessions: remote, local, or both if empty. An event without this
   *     information passes neither.
   * @param accounts the wanted types, without {@link AccountChoice#ALL}
   * @param users the wanted users; if empty, all events, including those without a user
   * @param notUsers unwanted users
   * @param hosts the wanted hosts; all if empty
   */
  Selection(
      Set<Kind> kinds,
      Optional<Boolean> remote,
      Set<AccountChoice> accounts,
      List<UserPattern> users,
      List<UserPattern> notUsers,
      List<HostPattern> hosts) {
    this.kinds = kinds.isEmpty() ? EnumSet.noneOf(Kind.class) : EnumSet.copyOf(kinds);
    this.remote = remote;
    this.accounts = EnumSet.copyOf(accounts);
    this.users = List.copyOf(users);
    this.notUsers = List.copyOf(notUsers);
    this.hosts = List.copyOf(hosts);
  }

  /** The kinds that may pass. */
  public Set<Kind> kinds() {
    if (kinds.isEmpty()) {
      return EnumSet.allOf(Kind.class);
    }
    Set<Kind> passing = EnumSet.copyOf(kinds);
    passing.add(Kind.GAP);
    return passing;
  }

  boolean wants(SessionEvent event) {
    if (event.kind() == Kind.GAP) {
      return true;
    }
    if (!kinds.isEmpty() && !kinds.contains(event.kind())) {
      return false;
    }
    if (remote.isPresent() && !remote.get().equals(event.data().get(Field.REMOTE))) {
      return false;
    }
    if (event.kind().subject() == Kind.Subject.BRIDGE) {
      return !event.imported() || wantsHost(event);
    }
    return wantsHost(event) && wantsUser(event) && wantsAccount(event);
  }

  /** Decodes the data only if needed; usually one field is enough. */
  private boolean wantsAccount(SessionEvent event) {
    if (accounts.size() == ALL_ACCOUNTS.size()) {
      return true;
    }
    boolean ofType = accounts.contains(AccountChoice.of(event));
    boolean unknown = accounts.contains(AccountChoice.UNKNOWN);
    return ofType == unknown || namesUser(event.data()) ? ofType : unknown;
  }

  private static boolean namesUser(EventData data) {
    return data.has(Field.USER_NAME) || data.has(Field.USER_SID) || data.has(Field.USER_UPN);
  }

  private boolean wantsUser(SessionEvent event) {
    return (users.isEmpty() || isAmong(users, event.data()))
        && (notUsers.isEmpty() || !isAmong(notUsers, event.data()));
  }

  private static boolean isAmong(List<UserPattern> patterns, EventData data) {
    String name = data.get(Field.USER_NAME);
    String domain = data.get(Field.USER_DOMAIN);
    String sid = data.get(Field.USER_SID);
    String upn = data.get(Field.USER_UPN);
    for (UserPattern pattern : patterns) {
      if (pattern.matches(name, domain, sid, upn)) {
        return true;
      }
    }
    return false;
  }

  private boolean wantsHost(SessionEvent event) {
    if (hosts.isEmpty()) {
      return true;
    }
    EventData data = event.data();
    String name = data.get(Field.HOST_NAME);
    String qualified = data.get(Field.HOST_FQDN);
    for (HostPattern pattern : hosts) {
      if (pattern.matches(name, qualified)) {
        return true;
      }
    }
    return false;
  }

  /** A description for users of what is left out; empty if nothing is. */
  public Optional<String> leavesOut() {
    List<String> parts = new ArrayList<>();
    if (!kinds.isEmpty()) {
      parts.add("kinds other than " + kinds.stream().map(Kind::wireName).collect(joining(", ")));
    }
    remote.ifPresent(
        wanted -> parts.add("events not from a " + (wanted ? "remote" : "local") + " session"));
    if (accounts.size() < ALL_ACCOUNTS.size()) {
      parts.add(unwantedAccounts());
    }
    add(parts, "users other than ", users, ", and events without a user");
    add(parts, "users ", notUsers, "");
    add(parts, "hosts other than ", hosts, "");
    return parts.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", parts));
  }

  private String unwantedAccounts() {
    List<String> types =
        ALL_ACCOUNTS.stream()
            .filter(type -> type != AccountChoice.UNKNOWN && !accounts.contains(type))
            .map(AccountChoice::word)
            .toList();
    String events = "events without a user or an account type";
    if (types.isEmpty()) {
      return events;
    }
    String text = "account types " + String.join(", ", types);
    return accounts.contains(AccountChoice.UNKNOWN) ? text : text + ", and " + events;
  }

  private static void add(List<String> parts, String front, Collection<?> patterns, String end) {
    if (!patterns.isEmpty()) {
      parts.add(front + patterns.stream().map(Object::toString).collect(joining(", ")) + end);
    }
  }
}
