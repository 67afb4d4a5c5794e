package io.sessionbridge.windows.eventlog;

import java.util.List;

/**
 * Some records of a channel.
 *
 * @param channel for instance {@code System}
 * @param provider who writes them; the same number means different things to different providers
 * @param ids their numbers, at least one and at most 15: Windows refuses a longer expression
 */
public record RecordSelection(String channel, String provider, List<Integer> ids) {

  /** With the provider, the position and the time below the 20 terms of an expression. */
  private static final int MOST = 15;

  public RecordSelection {
    ids = List.copyOf(ids);
    if (ids.isEmpty() || ids.size() > MOST) {
      throw new IllegalArgumentException("1 to " + MOST + " ids, not " + ids.size());
    }
  }

  public static RecordSelection of(String channel, String provider, Integer... ids) {
    return new RecordSelection(channel, provider, List.of(ids));
  }
}
