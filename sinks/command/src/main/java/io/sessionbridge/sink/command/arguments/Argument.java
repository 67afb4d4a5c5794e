package io.sessionbridge.sink.command.arguments;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One argument of a command, with placeholders for fields of the event: {@code
 * --user=${user_name}}. The value of a field never leaves this argument. A second dollar sign makes
 * a placeholder plain text.
 */
public final class Argument {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$(\\$\\{|\\{([^}]*)(\\}?))");

  /** A text, or the name of a field. */
  private record Piece(String text, boolean isField) {}

  private final String written;
  private final List<Piece> pieces = new ArrayList<>();
  private Optional<String> problem = Optional.empty();

  private Argument(String written) {
    this.written = written;
    Matcher placeholders = PLACEHOLDER.matcher(written);
    int end = 0;
    while (placeholders.find()) {
      add(written.substring(end, placeholders.start()));
      end = placeholders.end();
      if (placeholders.group(2) == null) {
        add("${");
      } else {
        addField(placeholders.group(2), !placeholders.group(3).isEmpty());
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
      problem = Optional.of("has ${ without }; write $${ for a literal ${: " + written);
    } else if (!EventFields.exists(name)) {
      problem = Optional.of(EventFields.unknown(name));
    }
  }

  /** The problem, to follow the name of a key; empty if there is none. */
  public Optional<String> problem() {
    return problem;
  }

  /** Whether it contains a field of the event. */
  public boolean hasField() {
    return pieces.stream().anyMatch(Piece::isField);
  }

  /** The argument for an event. A field without a value becomes an empty string. */
  public String with(Function<String, Optional<String>> fields) {
    StringBuilder text = new StringBuilder();
    for (Piece piece : pieces) {
      text.append(piece.isField() ? fields.apply(piece.text()).orElse("") : piece.text());
    }
    return text.toString();
  }

  /** As configured. */
  @Override
  public String toString() {
    return written;
  }
}
