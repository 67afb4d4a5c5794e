package io.sessionbridge.journal;

import io.sessionbridge.journal.file.OpenFailure;
import io.sessionbridge.journal.file.RecordHeader;
import io.sessionbridge.journal.file.Segment;
import io.sessionbridge.journal.file.Segments;
import io.sessionbridge.journal.read.Recovery;
import io.sessionbridge.journal.read.SegmentCursor;
import io.sessionbridge.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Counts of a journal on disk. Read-only, so an agent may use the journal at the same time.
 *
 * @param segments number of files
 * @param bytes their total size
 * @param records number of readable records
 * @param damaged number of segments with unreadable content between records
 */
public record JournalInspection(int segments, long bytes, long records, int damaged) {

  /**
   * Reads all segments.
   *
   * @param folder the data directory
   * @throws JournalException if the journal is of a later version
   */
  public static JournalInspection of(Storage storage, Path folder) throws IOException {
    Segments segments = new Recovery(storage, folder.resolve("journal")).findSegments();
    long records = 0;
    int damaged = 0;
    for (Segment segment : segments.all()) {
      Walk walk = walk(storage, segment);
      records += walk.records;
      damaged += walk.flawed ? 1 : 0;
    }
    return new JournalInspection(segments.count(), segments.bytes(), records, damaged);
  }

  private record Walk(long records, boolean flawed) {}

  private static Walk walk(Storage storage, Segment segment) throws IOException {
    long records = 0;
    boolean flawed = false;
    try (SegmentCursor cursor = new SegmentCursor(storage, segment)) {
      while (true) {
        RecordHeader header = cursor.peek();
        if (header == null) {
          boolean blank = cursor.isBlank();
          header = cursor.resync(segment.first());
          flawed |= header != null || !blank;
        }
        if (header == null) {
          return new Walk(records, flawed);
        }
        boolean readable = cursor.payload(header) != null;
        records += readable ? 1 : 0;
        flawed |= !readable;
        cursor.skip(header);
      }
    } catch (IOException e) {
      if (!OpenFailure.isDamage(e)) {
        throw e;
      }
      return new Walk(records, true);
    }
  }
}
