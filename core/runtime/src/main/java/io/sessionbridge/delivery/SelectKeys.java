package io.sessionbridge.delivery;

import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.config.ConfigValues;
import io.sessionbridge.config.Key;
import io.sessionbridge.event.Kind;
import io.sessionbridge.pattern.HostPattern;
import io.sessionbridge.pattern.UserPattern;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The section {@code select} of every sink. */
final class SelectKeys {

  private static final Key<List<Kind>> KINDS =
      Key.severalOf("kinds", Kind.class).orElse(List.of(), "only these kinds; absent = all");
  private static final Key<Boolean> REMOTE =
      Key.flag("remote")
          .optional(
              "true = only remote sessions, false = only local ones; both leave out events without"
                  + " this information; absent = all events");
  private static final Key<List<AccountChoice>> ACCOUNT_TYPES =
      Key.severalOf("account_types", AccountChoice.class)
          .orElse(
              List.copyOf(Selection.PEOPLE),
              "only users of these account types; unknown = events without a user or without an"
                  + " account type; [all] = all events, also of virtual and service accounts");
  private static final Key<List<String>> USERS =
      Key.texts("users")
          .orElse(
              List.of(),
              "only events of these users: DOMAIN\\user, UPN, SID or name, with *; absent = all"
                  + " events, also those without a user");
  private static final Key<List<String>> NOT_USERS =
      Key.texts("not_users")
          .orElse(List.of(), "excludes these users: DOMAIN\\user, UPN, SID or name, with *");
  private static final Key<List<String>> HOSTS =
      Key.texts("hosts")
          .orElse(
              List.of(),
              "only events about these hosts: short or fully qualified name, with *; absent = all");

  static final ConfigSpec<Selection> SPEC =
      new ConfigSpec<>(
          List.of(KINDS, REMOTE, ACCOUNT_TYPES, USERS, NOT_USERS, HOSTS), SelectKeys::read);

  private SelectKeys() {}

  private static Selection read(ConfigValues values) {
    return new Selection(
        Set.copyOf(values.get(KINDS)),
        values.find(REMOTE),
        accounts(values),
        patterns(values, USERS, UserPattern::problem, UserPattern::of),
        patterns(values, NOT_USERS, UserPattern::problem, UserPattern::of),
        patterns(values, HOSTS, HostPattern::problem, HostPattern::of));
  }

  private static <T> List<T> patterns(
      ConfigValues values,
      Key<List<String>> key,
      Function<String, Optional<String>> problem,
      Function<String, T> pattern) {
    List<String> texts = values.get(key);
    for (String text : texts) {
      problem.apply(text).ifPresent(found -> values.problem(key, found));
    }
    return texts.stream().map(pattern).toList();
  }

  private static Set<AccountChoice> accounts(ConfigValues values) {
    List<AccountChoice> choices = values.get(ACCOUNT_TYPES);
    if (choices.size() > 1 && choices.contains(AccountChoice.ALL)) {
      values.problem(ACCOUNT_TYPES, "must be [all] or a list without all");
    }
    return choices.contains(AccountChoice.ALL) ? Selection.ALL_ACCOUNTS : EnumSet.copyOf(choices);
  }
}
