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

  private final List<String> names;

  private HostText(List<String> names) {
    this.names = names;
  }

  static HostText of(EventData data) {
    return of(Stream.of(Field.HOST_FQDN, Field.HOST_NAME, Field.HOST_ID).map(data::find));
  }

  static HostText of(Host host) {
    return of(Stream.of(host.fqdn(), Optional.of(host.name()), Optional.of(host.id())));
  }

  /** The long name first, which has the short one in it. */
  private static HostText of(Stream<Optional<String>> names) {
    return new HostText(
        names
            .flatMap(Optional::stream)
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList());
  }

  boolean isIn(String text) {
    return names.stream().anyMatch(name -> pattern(name).matcher(text).find());
  }

  /** The text with pseudonyms for the names. */
  String replaced(String text, Pseudonyms pseudonyms) {
    String result = text;
    for (String name : names) {
      String pseudonym = pseudonyms.of(NameType.HOST, name);
      result = pattern(name).matcher(result).replaceAll(Matcher.quoteReplacement(pseudonym));
    }
    return result;
  }

  private static Pattern pattern(String name) {
    return Pattern.compile(
        "(?<!" + NOT_PART_OF_A_NAME + ")" + Pattern.quote(name) + "(?!" + NOT_PART_OF_A_NAME + ")",
        Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }
}
