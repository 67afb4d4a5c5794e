package io.sessionbridge.source.replay;

import io.sessionbridge.source.replay.ReplayPosition.Ahead;
import io.sessionbridge.spi.Intake;
import io.sessionbridge.storage.Storage;
import java.io.IOException;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the files that have had a name, oldest first, each to its end. Guarded by the lock of the
 * {@link Follower}, which appends files to the chain.
 */
final class ChainReader {

  private static final Logger LOG = LoggerFactory.getLogger(ChainReader.class);

  /** The name that is followed. */
  interface Name {

    /** Checks what the name refers to now; returns whether there may be something to read. */
    boolean look();

    /**
     * Checks for files to be read before the first lines of the newest file.
     *
     * @return false if this cannot be determined now
     */
    boolean lookBeforeFirstRead(Tail newest);

    /** The file that waits after the current one; after a restart nothing else identifies it. */
    Optional<Ahead> ahead();
  }

  private final Deque<Tail> chain;
  private final Name name;
  private final Storage storage;
  private final Intake intake;
  private @Nullable Line held;
  private volatile String problem = "";

  /**
   * @param chain the files, oldest first; files are removed once they are read
   * @param intake receives losses
   */
  ChainReader(Deque<Tail> chain, Name name, Storage storage, Intake intake) {
    this.chain = chain;
    this.name = name;
    this.storage = storage;
    this.intake = intake;
  }

  /** Why the file cannot be read now; empty if it can. Never blocks. Any thread. */
  String problem() {
    return problem;
  }

  /** The next line; null if none is available. */
  @Nullable Line read() {
    Line waiting = held;
    if (waiting != null) {
      held = null;
      intake.lostUncounted(Follower.LOSS);
      return waiting;
    }
    while (true) {
      Tail tail = chain.peekFirst();
      if (tail == null) {
        return null;
      }
      if (isFirstRead(tail) && !name.lookBeforeFirstRead(tail)) {
        return null;
      }
      Line line = chain.peekFirst() == tail ? readFrom(tail) : null;
      if (chain.peekFirst() != tail) {
        continue;
      }
      if (line == null && !(mayLeave(tail) && placeNext(tail))) {
        return null;
      }
      boolean afterLoss = (line == null || tail.isAfterLoss()) && tail.takeLoss();
      if (line == null) {
        line = leave(tail);
      }
      line = withAhead(line, tail);
      if (line == null && afterLoss) {
        next().afterLoss();
      }
      if (line != null && afterLoss) {
        held = line;
        return null; // earlier lines must become durable first, so that the gap follows them
      }
      if (line != null) {
        return line;
      }
    }
  }

  /** Adds to a line's position the file that waits after its own, unless its own is the newest. */
  private @Nullable Line withAhead(@Nullable Line line, Tail tail) {
    if (line == null || line.position() == null || chain.peekLast() == tail) {
      return line;
    }
    return line.at(line.position().with(name.ahead()));
  }

  private boolean isFirstRead(Tail tail) {
    return chain.peekLast() == tail && tail.content().offset() == 0 && hasMoreAtHand();
  }

  private Tail next() {
    return chain.getFirst();
  }

  private @Nullable Line readFrom(Tail tail) {
    try {
      Line line = tail.read();
      problem = "";
      return line;
    } catch (FileCutException e) {
      if (tail.isCut()) {
        return null;
      }
      tail.cut();
      if (chain.peekLast() == tail) {
        name.look();
        return null;
      }
      LOG.warn("{} was truncated after it was rotated: its unread lines are lost", tail.path());
      intake.lostUncounted(Follower.LOSS);
      return null;
    } catch (IOException e) {
      problem = tail.path() + " " + FileState.reason(tail.path(), e);
      reopen(tail);
      return null;
    }
  }

  /** The descriptor may be stale while the file is fine, as on a network drive. */
  private void reopen(Tail tail) {
    try {
      FileState state = FileState.of(tail.path());
      if (state.hasKey(tail.key())) {
        tail.content().reopen(Tail.open(storage, state));
      }
    } catch (UnreadableException | IOException e) {
      LOG.debug("{} cannot be opened again: {}", tail.path(), e.getMessage());
    }
  }

  /**
   * A file is left once its successor has content and no program writes to it any more: its writer
   * may hold it open for a while after the rename.
   */
  private boolean mayLeave(Tail tail) {
    if (chain.size() < 2) {
      return false;
    }
    if (tail.isCut()) {
      return true;
    }
    try {
      boolean isSucceeded = chain.size() > 2 || !chain.getLast().isEmpty();
      return isSucceeded && tail.quietLooks() >= Follower.QUIET_LOOKS && !tail.hasMoreAtHand();
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether a read may give a line, or find that an error is over. */
  boolean mayHaveMore() {
    if (held != null || !problem.isEmpty()) {
      return true;
    }
    try {
      return !chain.isEmpty() && chain.getFirst().hasMoreAtHand();
    } catch (IOException e) {
      return true; // the read reports the error
    }
  }

  /**
   * Determines where to begin in the next file; false if it cannot be read now. It may be the same
   * file with another inode: overlayfs copies a file when it is written for the first time, and
   * some network drives number files anew.
   */
  private boolean placeNext(Tail tail) {
    if (tail.isCut()) {
      return true;
    }
    chain.removeFirst();
    Tail next = chain.removeFirst();
    try {
      next = next.continuing(tail);
      return true;
    } catch (IOException e) {
      problem = next.path() + " " + FileState.reason(next.path(), e);
      reopen(next);
      return false;
    } finally {
      chain.addFirst(next);
      chain.addFirst(tail);
    }
  }

  /** Continues with the next file, and returns the rest of this one, which has no line end. */
  private @Nullable Line leave(Tail tail) {
    chain.removeFirst();
    Tail next = next();
    if (next.content().offset() > 0) {
      LOG.info(
          "{} is another file with the same lines: continuing after line {}",
          next.path(),
          next.position().line());
      close(tail);
      return null;
    }
    Line rest = tail.isCut() ? null : tail.readRest();
    next.follows(tail);
    close(tail);
    LOG.info("{} was read to its end: continuing with {}", tail.path(), next.path());
    return rest;
  }

  boolean hasMoreAtHand() {
    try {
      return held != null || !chain.isEmpty() && chain.getFirst().hasMoreAtHand();
    } catch (IOException e) {
      return false; // the next read reports the error
    }
  }

  /** Closes a file that has been read; a failure loses nothing. */
  static void close(Tail tail) {
    try {
      tail.close();
    } catch (IOException e) {
      LOG.debug("{}: {}", tail.path(), e.getMessage());
    }
  }
}
