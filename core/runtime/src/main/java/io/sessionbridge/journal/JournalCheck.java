package io.sessionbridge.journal;

import io.sessionbridge.journal.file.OpenFailure;
import io.sessionbridge.journal.file.RecordHeader;
import io.sessionbridge.journal.file.Segment;
import io.sessionbridge.journal.read.Recovery;
import io.sessionbridge.journal.read.SegmentCursor;
import io.sessionbridge.journal.read.TailScan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads all files of a journal that no agent uses. Changes nothing. */
public final class JournalCheck {

  /**
   * The finding for one file.
   *
   * @param text one line
   * @param damaged whether some or all of its content is lost
   */
  public record Finding(Path file, String text, boolean damaged) {}

  private final OfflineJournal journal;
  private final List<Finding> findings = new ArrayList<>();

  private JournalCheck(OfflineJournal journal) {
    this.journal = journal;
  }

  /** One finding per file: first the segments, in order. */
  public static List<Finding> of(OfflineJournal journal) throws IOException {
    JournalCheck check = new JournalCheck(journal);
    for (Segment segment : journal.segments().all()) {
      check.segment(segment);
    }
    Recovery files = new Recovery(journal.storage(), journal.segmentFolder());
    files.findSegments();
    files
        .setAside()
        .forEach(name -> check.add(name, "an interrupted first write, kept for inspection", false));
    files.foreignFiles().forEach(text -> check.add("", text, false));
    journal.cursors().forEach(check::cursor);
    return check.findings;
  }

  private void add(String name, String text, boolean damaged) {
    findings.add(new Finding(journal.segmentFolder().resolve(name), text, damaged));
  }

  private void segment(Segment segment) {
    long next = segment.first();
    long last = Math.min(journal.lastSequence(), journal.segments().lastOf(segment));
    long records = 0;
    long lost = 0;
    try (SegmentCursor cursor = new SegmentCursor(journal.storage(), segment)) {
      while (next <= last) {
        RecordHeader header = cursor.peek();
        if (header == null) {
          header = cursor.resync(next);
        }
        if (header == null || header.sequence() > last) {
          break;
        }
        byte[] payload = cursor.payload(header);
        cursor.skip(header);
        if (payload == null || header.sequence() < next) {
          continue; // counted as lost once the next one is found
        }
        lost += header.sequence() - next;
        records++;
        next = TailScan.last(header, payload) + 1;
      }
    } catch (IOException e) {
      findings.add(new Finding(segment.file(), "cannot be opened: " + OpenFailure.reason(e), true));
      return;
    }
    lost += Math.max(0, last + 1 - next);
    String range = "records " + segment.first() + " to " + last + ", " + records + " readable";
    findings.add(
        new Finding(
            segment.file(),
            lost == 0 ? range + ", no damage" : range + ", " + lost + " damaged or missing",
            lost > 0));
  }

  private void cursor(String id, Optional<CursorState> state) {
    Path file = journal.cursorFile(id);
    if (state.isEmpty()) {
      findings.add(
          new Finding(
              file,
              "cursor "
                  + id
                  + " is damaged or missing: the next start creates it again at the oldest record"
                  + " in the journal",
              true));
      return;
    }
    CursorState known = state.get();
    findings.add(
        new Finding(
            file,
            "cursor "
                + id
                + " has reached record "
                + known.position()
                + "; records pending: "
                + journal.pendingFor(id)
                + "; so far "
                + known.delivered()
                + " delivered, "
                + known.filtered()
                + " filtered, "
                + known.rejected()
                + " rejected, "
                + known.lost()
                + " lost",
            false));
  }
}
