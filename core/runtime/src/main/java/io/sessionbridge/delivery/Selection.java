package io.sessionbridge.delivery;

import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.config.Key;
import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.SessionEvent;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which events a sink wants. A gap always passes: a sink is told of what it missed.
 *
 * @param kinds the wanted kinds; all if empty
 * @param remote wanted sessions: remote ones, local ones, or both if empty. An event that does not
 *     say passes neither.
 * @param notUsers unwanted users in lower case, as {@code name} or {@code domain\name}
 */
public record Selection(Set<Kind> kinds, Optional<Boolean> remote, Set<String> notUsers) {

  /** Everything. */
  public static final Selection ALL = new Selection(Set.of(), Optional.empty(), Set.of());

  private static final Key<List<Kind>> KINDS =
      Key.severalOf("kinds", Kind.class).orElse(List.of(), "only these kinds; empty = all");
  private static final Key<Boolean> REMOTE =
      Key.flag("remote")
          .optional("true = only remote sessions, false = only local ones; absent = both");
  private static final Key<List<String>> NOT_USERS =
      Key.texts("not_users").orElse(List.of(), "excludes these users: name or DOMAIN\\name");

  /** The section {@code select} of every sink. */
  public static final ConfigSpec<Selection> SPEC =
      new ConfigSpec<>(
          List.of(KINDS, REMOTE, NOT_USERS),
          values ->
              new Selection(
                  Set.copyOf(values.get(KINDS)),
                  values.find(REMOTE),
                  lowerCase(values.get(NOT_USERS))));

  public Selection {
    kinds = kinds.isEmpty() ? Set.of() : EnumSet.copyOf(kinds);
  }

  private static Set<String> lowerCase(List<String> names) {
    Set<String> result = new HashSet<>();
    names.forEach(name -> result.add(name.toLowerCase(Locale.ROOT)));
    return result;
  }

  boolean wants(SessionEvent event) {
    if (event.kind() == Kind.GAP) {
      return true;
    }
    if (!kinds.isEmpty() && !kinds.contains(event.kind())) {
      return false;
    }
    if (remote.isEmpty() && notUsers.isEmpty()) {
      return true; // without decoding the data
    }
    EventData data = event.data();
    return (remote.isEmpty() || remote.get().equals(data.get(Field.REMOTE)))
        && !isUnwanted(data.get(Field.USER_NAME), data.get(Field.USER_DOMAIN));
  }

  private boolean isUnwanted(
      @org.jspecify.annotations.Nullable String name,
      @org.jspecify.annotations.Nullable String domain) {
    if (name == null) {
      return false;
    }
    String lower = name.toLowerCase(Locale.ROOT);
    return notUsers.contains(lower)
        || domain != null && notUsers.contains(domain.toLowerCase(Locale.ROOT) + "\\" + lower);
  }
}
