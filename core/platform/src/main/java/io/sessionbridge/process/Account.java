package io.sessionbridge.process;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A user of this system, from the name service (NSS): local files, SSSD, winbind.
 *
 * @param name of the user
 * @param uid the user's number
 * @param gid the number of the primary group
 * @param home the home folder
 * @param shell the user's shell
 */
public record Account(String name, long uid, long gid, String home, String shell) {

  /** The entry of a user of this machine. */
  public static Optional<Account> find(String name) throws IOException, InterruptedException {
    return find(name, Optional.empty());
  }

  /**
   * The entry of a user; empty if there is none. May wait for a directory service.
   *
   * @param domain of the user; with a domain the plain name is not looked up, because it may belong
   *     to another user. Empty for a user of this machine
   * @throws IOException if the lookup fails
   */
  public static Optional<Account> find(String name, Optional<String> domain)
      throws IOException, InterruptedException {
    return find(name, domain, NameService.OF_THIS_SYSTEM);
  }

  static Optional<Account> find(String name, Optional<String> domain, NameService service)
      throws IOException, InterruptedException {
    List<String> forms =
        domain.isEmpty()
            ? List.of(name)
            : List.of(domain.get() + "\\" + name, name + "@" + domain.get());
    for (String form : forms) {
      Optional<Account> found =
          service.entry("passwd", form).flatMap(Account::ofEntry).filter(is(name, domain));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** The service also accepts a number as a name, and may omit the domain from its answer. */
  private static Predicate<Account> is(String name, Optional<String> domain) {
    return found -> {
      String plain = found.name();
      if (domain.isPresent()) {
        plain = plain.substring(plain.indexOf('\\') + 1);
        int at = plain.lastIndexOf('@');
        plain = at > 0 && !name.contains("@") ? plain.substring(0, at) : plain;
      }
      return plain.equalsIgnoreCase(name);
    };
  }

  /** Parses a line of {@code passwd}. */
  static Optional<Account> ofEntry(String line) {
    String[] parts = line.split(":", -1);
    if (parts.length != 7) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Account(
              parts[0],
              Long.parseLong(parts[2]),
              Long.parseLong(parts[3]),
              parts[5].isEmpty() ? "/" : parts[5],
              parts[6].isEmpty() ? "/bin/sh" : parts[6]));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The numbers of all groups of a user of this machine; none if there is no such user. */
  public static List<String> groups(String user) throws IOException, InterruptedException {
    return groups(user, Optional.empty());
  }

  /**
   * The numbers of all groups of a user; none if there is no such user.
   *
   * @param domain as for {@link #find(String, Optional)}
   * @throws IOException if the lookup fails, which is not the same as no groups
   */
  public static List<String> groups(String user, Optional<String> domain)
      throws IOException, InterruptedException {
    return groups(user, domain, NameService.OF_THIS_SYSTEM);
  }

  static List<String> groups(String user, Optional<String> domain, NameService service)
      throws IOException, InterruptedException {
    Optional<Account> account = find(user, domain, service);
    return account.isEmpty() ? List.of() : service.groups(account.get().name());
  }

  /**
   * The name of a group; its number if it has no name.
   *
   * @throws IOException if the lookup fails
   */
  public static String groupName(String number) throws IOException, InterruptedException {
    return groupName(number, NameService.OF_THIS_SYSTEM);
  }

  static String groupName(String number, NameService service)
      throws IOException, InterruptedException {
    return service.entry("group", number).map(Account::first).orElse(number);
  }

  private static String first(String entry) {
    return entry.split(":", -1)[0];
  }
}
