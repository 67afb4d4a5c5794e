package io.sessionbridge.windows.eventlog;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Up to where the channels were read: the number of the newest record that existed then.
 *
 * @param numbers by channel
 */
public record LogPosition(SortedMap<String, Long> numbers) {

  /** Nothing was ever read. */
  public static final LogPosition NONE = new LogPosition(new TreeMap<>());

  private static final String SEPARATOR = "=";

  public LogPosition {
    numbers = new TreeMap<>(numbers);
  }

  /**
   * Reads what {@link #text} wrote. Lines of another shape are ignored, so that such a channel is
   * read as if it never was.
   */
  public static LogPosition parse(String text) {
    SortedMap<String, Long> numbers = new TreeMap<>();
    text.lines()
        .map(line -> line.split(SEPARATOR, -1))
        .filter(parts -> parts.length == 2 && parts[1].matches("[0-9]{1,18}"))
        .forEach(parts -> numbers.put(parts[0], Long.parseLong(parts[1])));
    return new LogPosition(numbers);
  }

  Optional<Long> of(String channel) {
    return Optional.ofNullable(numbers.get(channel));
  }

  /** One line a channel: {@code System=4711}. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, Long> entry : numbers.entrySet()) {
      text.append(entry.getKey()).append(SEPARATOR).append(entry.getValue()).append('\n');
    }
    return text.toString();
  }
}
