package io.sessionbridge.sink.command.arguments;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One argument of a command, with places for fields of the event: {@code --user=${user_name}}. What
 * a field holds stays within this argument, whatever it holds. A second dollar sign in front makes
 * a place plain text.
 */
public final class Argument {

  private static final Pattern PLACE = Pattern.compile("\\$(\\$\\{|\\{([^}]*)(\\}?))");

  /** A text, or the name of a field. */
  private record Piece(String text, boolean isField) {}

  private final String written;
  private final List<Piece> pieces = new ArrayList<>();
  private Optional<String> problem = Optional.empty();

  private Argument(String written) {
    this.written = written;
    Matcher places = PLACE.matcher(written);
    int end = 0;
    while (places.find()) {
      add(written.substring(end, places.start()));
      end = places.end();
      if (places.group(2) == null) {
        add("${");
      } else {
        addField(places.group(2), !places.group(3).isEmpty());
      }
    }
    add(written.substring(end));
  }

  public static Argument of(String written) {
    return new Argument(written);
  }

  private void add(String text) {
    if (!text.isEmpty()) {
      pieces.add(new Piece(text, false));
    }
  }

  private void addField(String name, boolean closed) {
    pieces.add(new Piece(name, true));
    if (!closed) {
      problem = Optional.of("has a ${ without a }, write $${ for a plain one: " + written);
    } else if (!EventFields.exists(name)) {
      problem = Optional.of(EventFields.unknown(name));
    }
  }

  /** What is wrong with it, to stand behind the name of a key; empty if nothing is. */
  public Optional<String> problem() {
    return problem;
  }

  /** Whether an event has a say in it. */
  public boolean hasField() {
    return pieces.stream().anyMatch(Piece::isField);
  }

  /** The argument; a field without a value is an empty text. */
  public String with(Function<String, Optional<String>> fields) {
    StringBuilder text = new StringBuilder();
    for (Piece piece : pieces) {
      text.append(piece.isField() ? fields.apply(piece.text()).orElse("") : piece.text());
    }
    return text.toString();
  }

  /** As it was written. */
  @Override
  public String toString() {
    return written;
  }
}
