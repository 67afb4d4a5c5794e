package io.sessionbridge.sink.command.config;

import io.sessionbridge.pattern.HostPattern;
import io.sessionbridge.pattern.UserPattern;
import java.util.List;

/**
 * The computers and users that a rule applies to. An empty list matches all; an empty list of
 * computers matches this host only.
 *
 * @param computers by name
 * @param users by name, UPN or SID
 * @param groups of the user, by name or SID
 */
public record Where(
    List<HostPattern> computers, List<UserPattern> users, List<UserPattern> groups) {

  static final Where ANYWHERE = new Where(List.of(), List.of(), List.of());

  public Where {
    computers = List.copyOf(computers);
    users = List.copyOf(users);
    groups = List.copyOf(groups);
  }
}
