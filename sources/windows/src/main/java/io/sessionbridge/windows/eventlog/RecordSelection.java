package io.sessionbridge.windows.eventlog;

import java.util.List;

/**
 * Selects records of a channel.
 *
 * @param channel for instance {@code System}
 * @param provider the component that writes them; event ids are specific to a provider
 * @param ids event ids, 1 to 15: Windows rejects a longer expression
 */
public record RecordSelection(String channel, String provider, List<Integer> ids) {

  /** Keeps the expression, with provider, position and time, below 20 terms. */
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
