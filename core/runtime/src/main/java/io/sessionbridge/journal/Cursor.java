package io.sessionbridge.journal;

/**
 * A reader's durable place in the journal. Moving it costs no I/O: the thread {@code journal}
 * writes it soon, and forces it at most once a second, when the journal closes, and before a
 * segment that it has passed is deleted. So a crash makes a reader repeat a little, and never skip.
 *
 * <p>One thread moves it; any thread may look.
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
   * Moves it, never back.
   *
   * @throws IllegalArgumentException if the note is too long, so that the journal's thread never
   *     has a state that it cannot write
   */
  public void move(CursorState next) {
    if (next.note().length > CursorState.LONGEST_NOTE) {
      throw new IllegalArgumentException(
          "the note of cursor "
              + id
              + " may have "
              + CursorState.LONGEST_NOTE
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
