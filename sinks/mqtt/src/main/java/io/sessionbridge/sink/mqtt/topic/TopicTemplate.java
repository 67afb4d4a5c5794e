package io.sessionbridge.sink.mqtt.topic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The name of a topic with placeholders: {@code <prefix>/<host>/event/<kind>}. */
public final class TopicTemplate {

  private static final Pattern PLACE = Pattern.compile("<([^<>]*)>");
  private static final int LONGEST_TEXT = 1024;

  /** With this many of the longest values, the topic stays below the 65,535 bytes of MQTT. */
  private static final int MOST_PLACES = 60;

  /** The placeholders. */
  public enum Place {
    PREFIX,
    HOST,
    HOST_ID,
    KIND,
    SESSION_ID;

    String written() {
      return "<" + name().toLowerCase(Locale.ROOT) + ">";
    }
  }

  private record Piece(String text, Optional<Place> place) {}

  private final String text;
  private final List<Piece> pieces;

  private TopicTemplate(String text, List<Piece> pieces) {
    this.text = text;
    this.pieces = List.copyOf(pieces);
  }

  /** What is wrong with a template that may contain these placeholders; empty if nothing is. */
  static Optional<String> problem(String text, List<Place> allowed) {
    Matcher matcher = PLACE.matcher(text);
    while (matcher.find()) {
      String written = matcher.group();
      if (allowed.stream().noneMatch(place -> place.written().equals(written))) {
        String names = String.join(", ", allowed.stream().map(Place::written).toList());
        return Optional.of("must contain no placeholders other than " + names + ", was " + text);
      }
    }
    long places = matcher.reset().results().count();
    if (places > MOST_PLACES) {
      return Optional.of("must have at most " + MOST_PLACES + " placeholders, had " + places);
    }
    return problem(PLACE.matcher(text).replaceAll("x"));
  }

  /** What is wrong with a part of a topic's name; empty if nothing is. */
  static Optional<String> problem(String text) {
    if (text.contains("+") || text.contains("#") || !MqttString.isSendable(text)) {
      return Optional.of(
          "must not contain +, #, control characters or characters from U+FDD0 on, was " + text);
    }
    int bytes = text.getBytes(UTF_8).length;
    return bytes > LONGEST_TEXT
        ? Optional.of("must have at most " + LONGEST_TEXT + " bytes, had " + bytes)
        : Optional.empty();
  }

  /** Parses a text without problems. */
  static TopicTemplate parse(String text) {
    List<Piece> pieces = new ArrayList<>();
    Matcher matcher = PLACE.matcher(text);
    int end = 0;
    while (matcher.find()) {
      pieces.add(new Piece(text.substring(end, matcher.start()), Optional.empty()));
      String name = matcher.group(1).toUpperCase(Locale.ROOT);
      pieces.add(new Piece("", Optional.of(Place.valueOf(name))));
      end = matcher.end();
    }
    pieces.add(new Piece(text.substring(end), Optional.empty()));
    return new TopicTemplate(text, pieces);
  }

  /**
   * Returns the topic's name.
   *
   * @param values the value of each placeholder, already valid in a topic
   */
  public String fill(Function<Place, String> values) {
    StringBuilder topic = new StringBuilder();
    for (Piece piece : pieces) {
      topic.append(piece.place().map(values).orElse(piece.text()));
    }
    return topic.toString();
  }

  /**
   * Whether both can name the same topic for a session of a host, if all other placeholders have
   * the same values.
   *
   * @param prefix the value of {@link Place#PREFIX}
   */
  boolean collidesWith(TopicTemplate other, String prefix) {
    return mayBe(other.written(prefix), prefix) || other.mayBe(written(prefix), prefix);
  }

  private boolean mayBe(String topic, String prefix) {
    StringBuilder regex = new StringBuilder();
    for (Piece piece : pieces) {
      boolean id = piece.place().filter(Place.SESSION_ID::equals).isPresent();
      regex.append(id ? "([0-9]+|<session_id>)" : Pattern.quote(written(piece, prefix)));
    }
    return topic.matches(regex.toString());
  }

  private String written(String prefix) {
    return pieces.stream().map(piece -> written(piece, prefix)).collect(joining());
  }

  private static String written(Piece piece, String prefix) {
    return piece
        .place()
        .map(place -> place == Place.PREFIX ? prefix : place.written())
        .orElse(piece.text());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TopicTemplate template && template.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
