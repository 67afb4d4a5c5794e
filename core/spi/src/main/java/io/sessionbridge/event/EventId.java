package io.sessionbridge.event;

/**
 * Makes event ids: {@code <epoch>-<sequence>}. The epoch is random and new at every start, so a
 * machine that was rolled back or cloned never repeats an id.
 */
public final class EventId {

  private static final String ZEROS = "00000000000000000000";

  private EventId() {}

  public static String of(String epoch, long sequence) {
    return epoch + "-" + sequence;
  }

  /** The id of the gap that ends with the sequence; the same on every retry. */
  public static String ofGap(String epoch, long last) {
    return epoch + "-" + last + "-gap";
  }

  /** 20 digits, as the CloudEvents sequence extension requires: text order is number order. */
  public static String padded(long sequence) {
    String digits = Long.toString(sequence);
    return ZEROS.substring(digits.length()) + digits;
  }
}
