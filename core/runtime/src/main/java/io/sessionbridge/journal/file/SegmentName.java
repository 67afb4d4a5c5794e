package io.sessionbridge.journal.file;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A segment's file name: {@code <first sequence, 20 digits>-<epoch, 16 hexadecimal
 * digits>.segment}. The epoch ensures that no name is used twice, which fails on Windows. If the
 * first write to a segment failed, the next segment begins with the same sequence and has an
 * attempt number: {@code ...-<epoch>.1.segment}.
 *
 * @param header the parts of the header that are in the name
 * @param attempt from 0
 */
public record SegmentName(SegmentHeader header, int attempt) {

  private static final Pattern NAME =
      Pattern.compile("(\\d{20})-([0-9a-f]{16})(?:\\.(\\d{1,6}))?\\.segment");

  public static String of(long first, long epoch, int attempt) {
    String middle = attempt == 0 ? "" : "." + attempt;
    return String.format("%020d-%s%s.segment", first, Epoch.text(epoch), middle);
  }

  /** Whether this was created after the other one, in the same run and for the same sequence. */
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
