package io.sessionbridge.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * Keeps recent texts, so that events with the same text share one string. An agent sees the same
 * few hosts in nearly all events.
 *
 * <p>Safe for use by several threads without locks: what is kept is immutable, and a lost update
 * costs only another copy.
 */
final class RecentTexts {

  static final RecentTexts HOST_IDS = new RecentTexts();

  /** A power of two. */
  private static final int PLACES = 64;

  /** Longer texts are not kept. */
  private static final int MAX_LENGTH = 64;

  private final Kept[] places = new Kept[PLACES];

  private record Kept(byte[] bytes, String text) {}

  RecentTexts() {
    Arrays.fill(places, new Kept(new byte[0], ""));
  }

  /** The text of these UTF-8 bytes. */
  String of(byte[] bytes, int from, int length) {
    int end = from + length;
    if (length == 0 || length > MAX_LENGTH) {
      return new String(bytes, from, length, UTF_8);
    }
    // Ids and names that belong together often have the same beginning.
    int hash = 31 * bytes[end - 1] + 7 * bytes[end - (length + 1) / 2] + bytes[from] + length;
    int place = (hash ^ hash >>> 6) & PLACES - 1;
    Kept kept = places[place];
    if (Arrays.equals(bytes, from, end, kept.bytes, 0, kept.bytes.length)) {
      return kept.text;
    }
    String text = new String(bytes, from, length, UTF_8);
    places[place] = new Kept(Arrays.copyOfRange(bytes, from, end), text);
    return text;
  }
}
