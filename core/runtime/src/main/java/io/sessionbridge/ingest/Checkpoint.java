package io.sessionbridge.ingest;

import io.sessionbridge.event.EventFormatException;
import io.sessionbridge.event.EventRecord;
import io.sessionbridge.journal.Appended;
import io.sessionbridge.journal.Cursor;
import io.sessionbridge.journal.Journal;
import io.sessionbridge.journal.JournalReader;
import io.sessionbridge.journal.JournalRecord;
import io.sessionbridge.journal.Start;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the ingest must know again after a restart: where each source stands, and the host id of the
 * last run. It is the note of a cursor of its own, so that the journal keeps what came after it,
 * and a restart reads the note and then the tail.
 */
public final class Checkpoint {

  /** No configured id can begin with a dot. */
  public static final String CURSOR = ".ingest";

  /** How far the note may stay behind: reading that many records again takes milliseconds. */
  private static final long EVERY = 4096;

  private record Passed(long sequence, byte[] position) {}

  private final Journal journal;
  private final Cursor cursor;
  private final String hostId;
  private final Optional<String> previousHostId;
  private final Map<String, Passed> positions = new HashMap<>();
  private final Set<Appended> underWay = new HashSet<>();
  private boolean appending;
  private long noted;

  private Checkpoint(
      Journal journal, Cursor cursor, String hostId, Optional<String> previousHostId) {
    this.journal = journal;
    this.cursor = cursor;
    this.hostId = hostId;
    this.previousHostId = previousHostId;
    this.noted = cursor.state().position();
  }

  /**
   * Reads the last note and what the journal has after it.
   *
   * @param hostId of this run, for the next note
   */
  public static Checkpoint restore(Journal journal, String hostId) throws IOException {
    Cursor cursor = journal.cursors().open(CURSOR, Start.OLDEST);
    CheckpointNote note = CheckpointNote.read(cursor.state().note());
    Checkpoint checkpoint =
        new Checkpoint(journal, cursor, hostId, note.hostId().filter(last -> !last.equals(hostId)));
    note.positions()
        .forEach(
            (source, position) ->
                checkpoint.positions.put(source, new Passed(checkpoint.noted, position)));
    checkpoint.readTail();
    checkpoint.write(journal.durableSequence());
    return checkpoint;
  }

  private void readTail() throws IOException {
    try (JournalReader reader = journal.reader(noted).impatient()) {
      List<JournalRecord> records = reader.read(512, 1 << 20);
      while (!records.isEmpty()) {
        for (JournalRecord record : records) {
          if (record instanceof JournalRecord.Data data) {
            readRecord(data);
          }
        }
        records = reader.read(512, 1 << 20);
      }
    }
  }

  private void readRecord(JournalRecord.Data data) {
    try {
      EventRecord event = EventRecord.decode(data.payload());
      event
          .position()
          .ifPresent(
              position ->
                  event
                      .sourceId()
                      .ifPresent(
                          source -> positions.put(source, new Passed(data.sequence(), position))));
    } catch (EventFormatException laterVersion) {
      // has no position that this version could use; the delivery loops tell of it
    }
  }

  /** The host id of the last run, if it was another one. */
  public Optional<String> previousHostId() {
    return previousHostId;
  }

  synchronized Optional<byte[]> position(String sourceId) {
    return Optional.ofNullable(positions.get(sourceId)).map(Passed::position);
  }

  /** Takes the position of a durable event. */
  synchronized void passed(String sourceId, long sequence, byte[] position) {
    Passed before = positions.get(sourceId);
    if (before == null || before.sequence() < sequence) {
      positions.put(sourceId, new Passed(sequence, position));
    }
  }

  /** An append to the journal. */
  interface Append {
    Appended append() throws IOException, InterruptedException;
  }

  /**
   * Appends, and holds the note back until {@link #end}: a note must not stand behind an event
   * whose position it does not have.
   */
  Appended begin(Append append) throws IOException, InterruptedException {
    synchronized (this) {
      appending = true;
    }
    try {
      Appended written = append.append();
      synchronized (this) {
        underWay.add(written);
      }
      return written;
    } finally {
      synchronized (this) {
        appending = false;
      }
    }
  }

  /** The append has given its positions, or failed. */
  synchronized void end(Appended written) {
    underWay.remove(written);
  }

  /** Moves the note on if it is far behind, or when asked at the end. */
  public synchronized void advance(boolean now) throws IOException {
    if (appending) {
      return; // its sequences are not known yet; the next event comes by here too
    }
    long durable = journal.durableSequence();
    long before = underWay.stream().mapToLong(Appended::first).min().orElse(Long.MAX_VALUE) - 1;
    long safe = Math.min(durable, before);
    if (safe - noted >= EVERY || now && safe > noted) {
      write(safe);
    }
  }

  private void write(long safe) throws IOException {
    Map<String, byte[]> bytes = new HashMap<>();
    positions.forEach((source, passed) -> bytes.put(source, passed.position()));
    cursor.move(cursor.state().at(safe, new CheckpointNote(Optional.of(hostId), bytes).write()));
    noted = safe;
  }
}
