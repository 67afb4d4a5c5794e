package io.sessionbridge.benchmarks;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** The independent count: which numbered events a separate reader finds at the receiver. */
final class Audit {

  /** The numbers under one key, within which the order counts. */
  private static final class Numbers {
    private final BitSet seen = new BitSet();
    private int highest = -1;
  }

  private final Map<String, Numbers> keys = new HashMap<>();
  private int found;
  private int duplicates;
  private int outOfOrder;
  private long bytes;

  /**
   * One event was there.
   *
   * @param key within which the numbers are in order
   * @param size of its body in bytes, for the mean; 0 if unknown
   */
  void take(String key, int number, int size) {
    Numbers numbers = keys.computeIfAbsent(key, any -> new Numbers());
    bytes += size;
    if (numbers.seen.get(number)) {
      duplicates++;
      return;
    }
    numbers.seen.set(number);
    found++;
    outOfOrder += numbers.highest > number ? 1 : 0;
    numbers.highest = Math.max(numbers.highest, number);
  }

  /**
   * In words.
   *
   * @param sent how many different events were sent
   */
  String text(int sent) {
    String counts =
        String.format(
            "sent %d, found %d, lost %d, duplicates %d, out of order %d, keys %d",
            sent, found, sent - found, duplicates, outOfOrder, keys.size());
    return bytes == 0 ? counts : counts + ", value bytes " + bytes / (found + duplicates);
  }
}
