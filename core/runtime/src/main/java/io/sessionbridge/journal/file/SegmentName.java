package io.sessionbridge.journal.file;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A segment's file name: {@code <first sequence, 20 digits>-<epoch, 16 hexadecimal
 * digits>.segment}. The epoch makes sure that no name is ever used twice, which Windows would not
 * forgive. If the very first write to a segment failed, the next one begins with the same sequence
 * and is told apart by an attempt: {@code ...-<epoch>.1.segment}.
 *
 * @param header what the name tells of the header
 * @param attempt from 0
 */
public record SegmentName(SegmentHeader header, int attempt) {

  private static final Pattern NAME =
      Pattern.compile("(\\d{20})-([0-9a-f]{16})(?:\\.(\\d{1,6}))?\\.segment");

  public static String of(long first, long epoch, int attempt) {
    String middle = attempt == 0 ? "" : "." + attempt;
    return String.format("%020d-%s%s.segment", first, Epoch.text(epoch), middle);
  }

  /** Whether this was made after the other one, in the same run and for the same sequence. */
  public boolean isLaterThan(SegmentName other) {
    return header.epoch() == other.header.epoch() && attempt > other.attempt;
  }

  public static Optional<SegmentName> parse(Path file) {
    Matcher matcher = NAME.matcher(file.getFileName().toString());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      long first = Long.parseLong(matcher.group(1));
      int attempt = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
      return Optional.of(
          new SegmentName(SegmentHeader.of(Epoch.parse(matcher.group(2)), first, 0), attempt));
    } catch (NumberFormatException tooLarge) {
      return Optional.empty();
    }
  }
}
