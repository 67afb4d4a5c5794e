package io.sessionbridge.ingest;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.event.EventFormatException;
import io.sessionbridge.event.EventRecord;
import io.sessionbridge.journal.Appended;
import io.sessionbridge.journal.Journal;
import io.sessionbridge.journal.JournalReader;
import io.sessionbridge.journal.JournalRecord;
import io.sessionbridge.journal.Start;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the ingest must know again after a restart: where each source stands, and the host id of the
 * last run. It is the notes of cursors of its own, so that the journal keeps what came after them,
 * and a restart reads the notes and then the tail.
 *
 * <p>The first cursor, {@code .ingest}, has the host id and some sources; more sources have further
 * ones, {@code .ingest-2} and so on. A source that was not configured for 30 days is forgotten.
 */
public final class Checkpoint {

  /** No configured id can begin with a dot. */
  public static final String CURSOR = ".ingest";

  private static final Logger LOG = LoggerFactory.getLogger(Checkpoint.class);

  /** How far the note may stay behind: reading that many records again takes milliseconds. */
  private static final long EVERY = 4096;

  private static final Duration FORGET_AFTER = Duration.ofDays(30);

  private final Journal journal;
  private final Clock clock;
  private final String hostId;
  private final Predicate<String> configured;
  private final SessionStates states;
  private final List<CheckpointPart> parts = new ArrayList<>();
  private final Map<String, SourcePosition> positions = new HashMap<>();
  private final Set<Appended> underWay = new HashSet<>();
  private Optional<String> previousHostId = Optional.empty();
  private boolean appending;
  private boolean moved;
  private long noted;

  private Checkpoint(
      Journal journal,
      Clock clock,
      String hostId,
      Predicate<String> configured,
      SessionStates states) {
    this.journal = journal;
    this.clock = clock;
    this.hostId = hostId;
    this.configured = id -> id.equals(EvidenceReader.POSITION) || configured.test(id);
    this.states = states;
  }

  /**
   * Reads the last notes and what the journal has after them.
   *
   * @param hostId of this run, for the next note
   * @param configured whether there is a source of that id now
   * @param states absorb what the journal has after them
   */
  public static Checkpoint restore(
      Journal journal,
      Clock clock,
      String hostId,
      Predicate<String> configured,
      SessionStates states)
      throws IOException {
    Checkpoint checkpoint = new Checkpoint(journal, clock, hostId, configured, states);
    checkpoint.openParts();
    checkpoint.readNotes();
    checkpoint.readTail();
    checkpoint.forgetOld();
    checkpoint.write(
        Math.max(checkpoint.noted, Math.min(journal.durableSequence(), states.position())));
    return checkpoint;
  }

  private static String name(int part) {
    return part == 0 ? CURSOR : CURSOR + "-" + (part + 1);
  }

  private void openParts() throws IOException {
    do {
      openPart();
    } while (journal.cursors().find(name(parts.size())).isPresent());
  }

  /** A new one begins at the oldest record: until its first note is durable, that is safe. */
  private CheckpointPart openPart() throws IOException {
    CheckpointPart part =
        new CheckpointPart(journal.cursors().open(name(parts.size()), Start.OLDEST));
    parts.add(part);
    return part;
  }

  private void readNotes() throws IOException {
    List<CheckpointNote> notes = new ArrayList<>();
    for (CheckpointPart part : parts) {
      notes.add(part.read());
    }
    previousHostId = notes.get(0).hostId().filter(last -> !last.equals(hostId));
    noted = parts.stream().mapToLong(CheckpointPart::position).min().orElse(0);
    for (int i = 0; i < notes.size(); i++) {
      take(notes.get(i), parts.get(i).position());
    }
    for (int i = 0; i < notes.size(); i++) {
      assign(notes.get(i), parts.get(i));
    }
    // what found no room in its part moves to another one, and stays where it is for this run
    for (int i = 0; i < notes.size(); i++) {
      for (Map.Entry<String, byte[]> entry : notes.get(i).positions().entrySet()) {
        if (parts.stream().noneMatch(part -> part.holds(entry.getKey()))) {
          parts.get(i).keep(entry.getKey(), entry.getValue());
        }
      }
    }
  }

  /**
   * Of two copies that of the later event counts. A note of an earlier version has no sequences.
   */
  private void take(CheckpointNote note, long position) {
    long now = clock.now().getEpochSecond();
    note.positions()
        .forEach(
            (source, bytes) -> {
              long unknown = note.hasSequences() ? 0 : position;
              long sequence = note.passed().getOrDefault(source, unknown);
              long seen = note.seen().getOrDefault(source, now);
              keepLater(source, new SourcePosition(sequence, bytes, seen));
            });
  }

  private void keepLater(String source, SourcePosition found) {
    SourcePosition before = positions.get(source);
    if (before == null || before.sequence() <= found.sequence()) {
      positions.put(source, found);
    }
  }

  /** A source stays in the part that has the copy which counts. */
  private void assign(CheckpointNote note, CheckpointPart part) {
    note.passed()
        .forEach(
            (source, sequence) -> {
              SourcePosition counts = positions.get(source);
              if (counts != null
                  && counts.sequence() == sequence
                  && parts.stream().noneMatch(other -> other.holds(source))) {
                part.assign(source);
              }
            });
  }

  private void forgetOld() {
    long now = clock.now().getEpochSecond();
    refresh();
    positions
        .entrySet()
        .removeIf(
            entry -> {
              boolean old = now - entry.getValue().seenSeconds() > FORGET_AFTER.toSeconds();
              if (old) {
                LOG.info(
                    "the position of source {} is forgotten: it was not configured for {} days",
                    entry.getKey(),
                    FORGET_AFTER.toDays());
                parts.forEach(part -> part.drop(entry.getKey()));
              }
              return old;
            });
  }

  private void readTail() throws IOException {
    long from = Math.min(noted, states.tailAfter().orElse(noted));
    long after = Math.max(from, journal.firstSequence() - 1);
    if (after > from) {
      LOG.info("the journal begins at {}, the checkpoint ends at {}", after + 1, from);
    }
    try (JournalReader reader = journal.reader(after).impatient()) {
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
                  event.sourceId().ifPresent(source -> passed(source, data.sequence(), position)));
      states.absorb(data.sequence(), event);
    } catch (EventFormatException laterVersion) {
      // has no position that this version could use; the delivery loops tell of it
    }
  }

  /** The host id of the last run, if it was another one. */
  public Optional<String> previousHostId() {
    return previousHostId;
  }

  /** Where sources stood that are not configured any more. */
  synchronized Map<String, byte[]> abandoned() {
    Map<String, byte[]> abandoned = new HashMap<>();
    positions.forEach(
        (source, position) -> {
          if (!configured.test(source)) {
            abandoned.put(source, position.position());
          }
        });
    return abandoned;
  }

  synchronized Optional<byte[]> position(String sourceId) {
    return Optional.ofNullable(positions.get(sourceId)).map(SourcePosition::position);
  }

  /** Takes the position of a durable event. */
  synchronized void passed(String sourceId, long sequence, byte[] position) {
    keepLater(sourceId, new SourcePosition(sequence, position, clock.now().getEpochSecond()));
    moved = true;
  }

  /** An append to the journal. */
  interface Append {
    Optional<Appended> append() throws IOException, InterruptedException;
  }

  /**
   * Appends, and holds the note back until {@link #end}: a note must not stand behind an event
   * whose position it does not have.
   */
  Optional<Appended> begin(Append append) throws IOException, InterruptedException {
    synchronized (this) {
      appending = true;
    }
    try {
      Optional<Appended> written = append.append();
      synchronized (this) {
        written.ifPresent(underWay::add);
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
    // the note holds what the states have to read again, too
    long safe = Math.min(Math.min(durable, before), states.position());
    if (safe - noted >= EVERY || now && (safe > noted || moved)) {
      write(Math.max(safe, noted));
    }
  }

  /** Up to where a restart reads nothing again: the journal keeps what comes after it. */
  synchronized long noted() {
    return noted;
  }

  private void refresh() {
    long now = clock.now().getEpochSecond();
    positions.replaceAll((id, entry) -> configured.test(id) ? entry.seenAt(now) : entry);
  }

  private void write(long safe) throws IOException {
    refresh();
    for (String source : positions.keySet()) {
      place(source);
    }
    for (CheckpointPart part : parts) {
      part.write(safe, Optional.of(hostId), positions);
    }
    noted = safe;
    moved = false;
  }

  /** Finds room for a source before any note moves on, so that none does without it. */
  private void place(String source) throws IOException {
    if (parts.stream().anyMatch(part -> part.holds(source))) {
      return;
    }
    for (CheckpointPart part : parts) {
      if (part.assign(source)) {
        return;
      }
    }
    openPart().assign(source);
  }
}
