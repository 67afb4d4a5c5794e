package io.sessionbridge.ingest;

import io.sessionbridge.journal.Cursor;
import io.sessionbridge.journal.CursorState;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The part of the checkpoint in one cursor's note. A source is assigned to one part for the whole
 * run, and only to a part with room for its largest entry, so that a note never exceeds its limit.
 * Not thread-safe.
 */
final class CheckpointPart {

  /** Size of a note without entries, plus a reserve. */
  private static final int FRAME = 400;

  private final Cursor cursor;
  private final Set<String> sources = new HashSet<>();
  private final Map<String, byte[]> moving = new HashMap<>();

  CheckpointPart(Cursor cursor) {
    this.cursor = cursor;
  }

  CheckpointNote read() throws IOException {
    return CheckpointNote.read(cursor.state().note());
  }

  long position() {
    return cursor.state().position();
  }

  /** Assigns a source to this part if its largest entry fits. */
  boolean assign(String source) {
    if (sources.contains(source)) {
      return true;
    }
    byte[] before = moving.remove(source); // the same note will contain the newer one
    if (hasRoom()) {
      sources.add(source);
      return true;
    }
    if (before != null) {
      moving.put(source, before);
    }
    return false;
  }

  private boolean hasRoom() {
    int used = FRAME + sources.size() * CheckpointNote.MAX_ENTRY;
    for (byte[] position : moving.values()) {
      used += 60 + position.length / 3 * 4 + 4; // its id, quotes and base 64
    }
    return used + CheckpointNote.MAX_ENTRY <= CursorState.MAX_NOTE_BYTES;
  }

  /**
   * Keeps an unchanged copy of a position for this run although the source moved to another part.
   * Until that part is durable, this is the only copy.
   */
  void keep(String source, byte[] position) {
    moving.put(source, position);
  }

  boolean holds(String source) {
    return sources.contains(source);
  }

  void drop(String source) {
    sources.remove(source);
    moving.remove(source);
  }

  /** Moves the cursor and writes the entries of this part's sources. */
  void write(long sequence, Optional<String> hostId, Map<String, SourcePosition> all)
      throws IOException {
    Map<String, byte[]> positions = new HashMap<>(moving);
    Map<String, Long> passed = new HashMap<>();
    Map<String, Long> seen = new HashMap<>();
    for (String source : sources) {
      SourcePosition entry = all.get(source);
      if (entry != null) {
        positions.put(source, entry.position());
        passed.put(source, entry.sequence());
        seen.put(source, entry.seenSeconds());
      }
    }
    byte[] note = new CheckpointNote(hostId, positions, passed, seen, true).write();
    if (note.length > CursorState.MAX_NOTE_BYTES && sources.isEmpty()) {
      return; // a full note of an earlier version, kept until its sources have moved
    }
    cursor.move(cursor.state().at(Math.max(sequence, position()), note));
  }
}
