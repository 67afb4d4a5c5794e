package io.sessionbridge.windows.eventlog;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far the channels were read: the number of the newest record at that time.
 *
 * @param numbers by channel
 */
public record LogPosition(SortedMap<String, Long> numbers) {

  /** Nothing was read yet. */
  public static final LogPosition NONE = new LogPosition(new TreeMap<>());

  private static final String SEPARATOR = "=";

  public LogPosition {
    numbers = new TreeMap<>(numbers);
  }

  /**
   * Parses the output of {@link #text}. Malformed lines are ignored; their channels are read as if
   * for the first time.
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

  /** One line per channel: {@code System=4711}. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, Long> entry : numbers.entrySet()) {
      text.append(entry.getKey()).append(SEPARATOR).append(entry.getValue()).append('\n');
    }
    return text.toString();
  }
}
