package io.sessionbridge.delivery;

import io.sessionbridge.journal.JournalReader;
import io.sessionbridge.spi.EventFormat;
import io.sessionbridge.spi.Host;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Writes the records of a reader as lines, including gaps. One thread. */
public final class JournalExport {

  private static final int RECORDS_AT_ONCE = 500;
  private static final long BYTES_AT_ONCE = 1 << 20;

  /**
   * Counts of an export.
   *
   * @param unreadable records whose content this version cannot read; not written
   */
  public record Totals(long events, long gaps, long unreadable) {}

  private JournalExport() {}

  /**
   * Writes all records of the reader.
   *
   * @param format with bodies that contain no line breaks
   * @param host whose agent wrote the journal
   */
  public static Totals write(JournalReader reader, EventFormat format, Host host, OutputStream out)
      throws IOException {
    StepReader steps = new StepReader(reader, Selection.ALL, format, host, () -> 0);
    long events = 0;
    long gaps = 0;
    long unreadable = 0;
    for (List<Step> some = steps.read(RECORDS_AT_ONCE, BYTES_AT_ONCE);
        !some.isEmpty();
        some = steps.read(RECORDS_AT_ONCE, BYTES_AT_ONCE)) {
      for (Step step : some) {
        if (step instanceof Step.Send send) {
          out.write(send.event().body());
          out.write('\n');
          events += send.gap() ? 0 : 1;
          gaps += send.gap() ? 1 : 0;
        } else if (step instanceof Step.Rejected) {
          unreadable++;
        }
      }
    }
    out.flush();
    return new Totals(events, gaps, unreadable);
  }
}
