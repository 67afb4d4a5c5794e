package io.sessionbridge.privacy;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.spi.Host;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the names of an event's host in its other fields: the domain of a local account is the
 * host, a machine account is the host's name with a {@code $}.
 */
final class HostText {

  private static final String NOT_PART_OF_A_NAME = "[A-Za-z0-9-]";

  /** Windows truncates a machine name to this for its NetBIOS name, which is upper case. */
  private static final int LONGEST_NETBIOS = 15;

  private final List<Name> names;

  /**
   * A spelling of the host's name.
   *
   * @param text as other fields may contain it
   * @param whole the name that its pseudonym is computed from
   */
  private record Name(String text, String whole) {}

  private HostText(List<Name> names) {
    this.names = names;
  }

  static HostText of(EventData data) {
    return of(data.find(Field.HOST_FQDN), data.find(Field.HOST_NAME), data.find(Field.HOST_ID));
  }

  static HostText of(Host host) {
    return of(host.fqdn(), Optional.of(host.name()), Optional.of(host.id()));
  }

  /** Longest first, since long names contain the short ones. */
  private static HostText of(
      Optional<String> qualified, Optional<String> name, Optional<String> id) {
    Stream<Name> whole =
        Stream.of(qualified, name, id).flatMap(Optional::stream).map(text -> new Name(text, text));
    Stream<Name> cut =
        Stream.of(qualified, name).flatMap(Optional::stream).flatMap(HostText::netBios);
    return new HostText(
        Stream.concat(whole, cut)
            .distinct()
            .sorted(Comparator.comparingInt((Name one) -> one.text().length()).reversed())
            .toList());
  }

  private static Stream<Name> netBios(String name) {
    int dot = name.indexOf('.');
    String first = dot < 0 ? name : name.substring(0, dot);
    return first.length() > LONGEST_NETBIOS
        ? Stream.of(new Name(first.substring(0, LONGEST_NETBIOS), first))
        : Stream.empty();
  }

  boolean isIn(String text) {
    return names.stream().anyMatch(name -> pattern(name.text()).matcher(text).find());
  }

  /** The text with pseudonyms for the names. */
  String replaced(String text, Pseudonyms pseudonyms) {
    String result = text;
    for (Name name : names) {
      String pseudonym = pseudonyms.of(NameType.HOST, name.whole());
      result = pattern(name.text()).matcher(result).replaceAll(Matcher.quoteReplacement(pseudonym));
    }
    return result;
  }

  private static Pattern pattern(String name) {
    return Pattern.compile(
        "(?<!" + NOT_PART_OF_A_NAME + ")" + Pattern.quote(name) + "(?!" + NOT_PART_OF_A_NAME + ")",
        Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }
}
