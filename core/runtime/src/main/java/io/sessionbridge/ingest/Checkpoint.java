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
 * What the ingest needs after a restart: the position of each source and the host id of the last
 * run. Stored in the notes of cursors of its own, so that the journal keeps the records after them.
 * A restart reads the notes and then the tail of the journal.
 *
 * <p>The first cursor, {@code .ingest}, holds the host id and some sources; {@code .ingest-2} and
 * so on hold the others. The position of a source that was not configured for 30 days is dropped.
 */
public final class Checkpoint {

  /** A configured id cannot begin with a dot. */
  public static final String CURSOR = ".ingest";

  private static final Logger LOG = LoggerFactory.getLogger(Checkpoint.class);

  /** The largest lag of the note in records; reading that many again takes milliseconds. */
  private static final long MAX_LAG = 4096;

  private static final Duration FORGET_AFTER = Duration.ofDays(30);

  private final Journal journal;
  private final Clock clock;
  private final String hostId;
  private final Predicate<String> configured;
  private final SessionStates states;
  private final List<CheckpointPart> parts = new ArrayList<>();
  private final Map<String, SourcePosition> positions = new HashMap<>();
  private final Set<Appended> inFlight = new HashSet<>();
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
   * Reads the last notes and the records after them.
   *
   * @param hostId of this run, for the next note
   * @param configured whether a source of that id is configured now
   * @param states absorbs the records after its own checkpoint
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

  /** A new part starts at the oldest record, which is safe until its first note is durable. */
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
    // entries without room in their part move to another one; this part keeps a copy for this run
    for (int i = 0; i < notes.size(); i++) {
      for (Map.Entry<String, byte[]> entry : notes.get(i).positions().entrySet()) {
        if (parts.stream().noneMatch(part -> part.holds(entry.getKey()))) {
          parts.get(i).keep(entry.getKey(), entry.getValue());
        }
      }
    }
  }

  /**
   * Of two copies, the one with the later sequence counts. Notes of earlier versions have no
   * sequences.
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

  /** Assigns a source to the part with its valid copy. */
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
                    "the position of source {} is dropped: it was not configured for {} days",
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
      LOG.info(
          "the journal starts at sequence {}, after the end of the checkpoint at {}",
          after + 1,
          from);
    }
    try (JournalReader reader = journal.reader(after).withoutRetries()) {
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
      // has no position that this version can use; the delivery loops report it
    }
  }

  /** The host id of the last run, if it was another one. */
  public Optional<String> previousHostId() {
    return previousHostId;
  }

  /** The positions of sources that are no longer configured. */
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

  /** Stores the position of a durable event. */
  synchronized void passed(String sourceId, long sequence, byte[] position) {
    keepLater(sourceId, new SourcePosition(sequence, position, clock.now().getEpochSecond()));
    moved = true;
  }

  /** An append to the journal. */
  interface Append {
    Optional<Appended> append() throws IOException, InterruptedException;
  }

  /**
   * Appends, and keeps the note before the append until {@link #end}: a note must not pass an event
   * whose position it does not contain.
   */
  Optional<Appended> begin(Append append) throws IOException, InterruptedException {
    synchronized (this) {
      appending = true;
    }
    try {
      Optional<Appended> written = append.append();
      synchronized (this) {
        written.ifPresent(inFlight::add);
      }
      return written;
    } finally {
      synchronized (this) {
        appending = false;
      }
    }
  }

  /** The positions of the append are stored, or it failed. */
  synchronized void end(Appended written) {
    inFlight.remove(written);
  }

  /**
   * Moves the note if it lags far.
   *
   * @param now moves it in any case
   */
  public synchronized void advance(boolean now) throws IOException {
    if (appending) {
      return; // its sequences are not known yet; the next event calls this again
    }
    long durable = journal.durableSequence();
    long before = inFlight.stream().mapToLong(Appended::first).min().orElse(Long.MAX_VALUE) - 1;
    // the note also keeps the records that the states must read again
    long safe = Math.min(Math.min(durable, before), states.position());
    if (safe - noted >= MAX_LAG || now && (safe > noted || moved)) {
      write(Math.max(safe, noted));
    }
  }

  /** The last sequence that a restart need not read; the journal keeps the records after it. */
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

  /** Assigns a source to a part before any note moves, so that no note omits it. */
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
