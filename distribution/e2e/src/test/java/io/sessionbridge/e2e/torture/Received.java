package io.sessionbridge.e2e.torture;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One event as a receiver has it.
 *
 * @param id of the event
 * @param sequence of the agent's journal
 * @param kind of the event
 * @param line the number of the input line; 0 for an event of the agent itself
 * @param gap what the event says is lost; empty for other kinds
 */
record Received(String id, long sequence, String kind, int line, Optional<Gap> gap) {

  /**
   * A statement of loss.
   *
   * @param first sequence that it stands for
   * @param last sequence that it stands for
   * @param count of events lost; -1 if unknown
   */
  record Gap(String reason, long first, long last, long count) {
    boolean covers(long sequence) {
      return first <= sequence && sequence <= last;
    }
  }

  private static final Pattern LINE = Pattern.compile("u(\\d+)");

  /**
   * Reads the flat JSON of an event, with or without something around it.
   *
   * @return empty if the text holds no event, for instance a line that was cut by a kill
   */
  static Optional<Received> parse(String text) {
    Optional<String> id = string(text, "id");
    Optional<String> sequence = string(text, "sequence");
    Optional<String> kind = string(text, "kind");
    if (id.isEmpty()
        || sequence.isEmpty()
        || kind.isEmpty()
        || !text.stripTrailing().endsWith("}")) {
      return Optional.empty();
    }
    return Optional.of(
        new Received(
            id.get(),
            Long.parseLong(sequence.get()),
            kind.get(),
            string(text, "user_name").map(Received::lineNumber).orElse(0),
            kind.get().equals("gap")
                ? Optional.of(gap(text, Long.parseLong(sequence.get())))
                : Optional.empty()));
  }

  private static int lineNumber(String user) {
    Matcher line = LINE.matcher(user);
    return line.matches() ? Integer.parseInt(line.group(1)) : 0;
  }

  private static Gap gap(String text, long sequence) {
    return new Gap(
        string(text, "reason").orElse("none"),
        number(text, "first_sequence").orElse(sequence),
        number(text, "last_sequence").orElse(sequence),
        number(text, "lost_count").orElse(-1L));
  }

  private static Optional<String> string(String text, String field) {
    String start = "\"" + field + "\":\"";
    int from = text.indexOf(start);
    int to = from < 0 ? -1 : text.indexOf('"', from + start.length());
    return to < 0 ? Optional.empty() : Optional.of(text.substring(from + start.length(), to));
  }

  private static Optional<Long> number(String text, String field) {
    Matcher number = Pattern.compile("\"" + field + "\":(\\d+)").matcher(text);
    return number.find() ? Optional.of(Long.valueOf(number.group(1))) : Optional.empty();
  }
}
