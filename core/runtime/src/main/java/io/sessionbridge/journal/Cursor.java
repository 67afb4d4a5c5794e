package io.sessionbridge.journal;

/**
 * A reader's durable position in the journal. Moving it does no I/O: the thread {@code journal}
 * writes it soon, and forces it at most once a second, when the journal closes, and before it
 * deletes a segment that the cursor has passed. After a crash, a reader may repeat a few records
 * but never skips one.
 *
 * <p>One thread moves it; any thread may read it.
 */
public final class Cursor {

  private final String id;
  private final Runnable moved;
  private volatile CursorState state;

  public Cursor(String id, CursorState state, Runnable moved) {
    this.id = id;
    this.state = state;
    this.moved = moved;
  }

  public String id() {
    return id;
  }

  public CursorState state() {
    return state;
  }

  /**
   * Moves the cursor forward.
   *
   * @throws IllegalArgumentException if the position goes back or the note is too long, so that the
   *     journal's thread can always write the state
   */
  public void move(CursorState next) {
    if (next.note().length > CursorState.MAX_NOTE_BYTES) {
      throw new IllegalArgumentException(
          "the note of cursor "
              + id
              + " may have "
              + CursorState.MAX_NOTE_BYTES
              + " bytes, had "
              + next.note().length);
    }
    if (next.position() < state.position()) {
      throw new IllegalArgumentException(
          "cursor " + id + " at " + state.position() + " cannot go back to " + next.position());
    }
    state = next;
    moved.run();
  }
}
