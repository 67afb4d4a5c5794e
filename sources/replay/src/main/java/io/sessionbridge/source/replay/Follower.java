package io.sessionbridge.source.replay;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.source.replay.ReplayPosition.Ahead;
import io.sessionbridge.source.replay.ReplayPosition.Lineage;
import io.sessionbridge.spi.Intake;
import io.sessionbridge.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows a name through all files that have it in turn. {@link #look} checks what the name refers
 * to; {@link #read} reads the files found, in order. Files that are still to be read are kept open,
 * so that they may be renamed or deleted.
 *
 * <p>No change of the name ends this: a file that cannot be read is a {@link #problem} and is
 * retried at the next look. Any thread; each call holds the lock for one disk read.
 */
final class Follower implements ReplayInput, ChainReader.Name {

  /** Gap reason for lines that may be lost with a truncated or missing file. */
  static final String LOSS = "file_lost";

  /** A replaced file that is unchanged for this many looks has no writer any more. */
  static final int QUIET_LOOKS = 4;

  /** A missing file becomes a problem after this many looks. */
  private static final int ABSENT_LOOKS = 4;

  /** Limits the number of open files. */
  private static final int MOST_FILES = 256;

  private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

  private final Path path;
  private final RotatedFiles rotated;
  private final Storage storage;
  private final Intake intake;
  private final StateWatch watch;
  private final Optional<ReplayPosition> resume;
  private final Deque<Tail> chain = new ArrayDeque<>();
  private final PositionSearch search;
  private final ChainReader reader;
  private Optional<Ahead> ahead = Optional.empty();

  private int absentLooks;
  private boolean overfull;
  private boolean closed;
  private volatile String pathProblem = "";

  /**
   * Does not open anything until the first look.
   *
   * @param intake receives losses, and has the position from which to resume
   */
  Follower(Path path, RotatedFiles rotated, Storage storage, Intake intake, Clock clock) {
    this.path = path;
    this.rotated = rotated;
    this.storage = storage;
    this.intake = intake;
    this.watch = new StateWatch(path, clock);
    this.resume = intake.resumePosition().flatMap(ReplayPosition::decode);
    this.search = new PositionSearch(storage);
    this.reader = new ChainReader(chain, this, storage, intake);
  }

  /** Why nothing can be read now; empty if it can. Never blocks. */
  String problem() {
    String reading = reader.problem();
    return reading.isEmpty() ? pathProblem : reading;
  }

  /** Checks the name and its files; returns whether there may be something to read. */
  @Override
  public synchronized boolean look() {
    if (closed) {
      return false;
    }
    if (isUnchanged()) {
      return reader.mayHaveMore();
    }
    watch.unsettle();
    try {
      boolean quiet = true;
      for (Tail tail : chain) {
        quiet &= tail.look();
      }
      FileState now = stateOrProblem();
      learn(now);
      watch.looked(now, quiet);
      Tail newest = chain.peekLast();
      ahead = newest == null || chain.size() < 2 ? Optional.empty() : newest.seen();
    } catch (UnreadableException e) {
      pathProblem = String.valueOf(e.getMessage());
    } catch (IOException e) {
      pathProblem = path + " " + FileState.reason(path, e);
    }
    return !chain.isEmpty() || reader.mayHaveMore();
  }

  private boolean isUnchanged() {
    Tail only = chain.size() == 1 ? chain.getLast() : null;
    if (only == null || only.isCut() || !watch.isUnchanged(only.key())) {
      return false;
    }
    only.countQuietLook();
    return true;
  }

  /** The time until the next look. */
  synchronized Duration untilLook() {
    return watch.untilLook();
  }

  private @Nullable FileState stateOrProblem() {
    try {
      FileState now = FileState.of(path);
      absentLooks = 0;
      pathProblem = "";
      return now;
    } catch (UnreadableException e) {
      absentLooks++;
      if (chain.isEmpty() || absentLooks > ABSENT_LOOKS) {
        pathProblem = String.valueOf(e.getMessage());
      }
      return null;
    }
  }

  private void learn(@Nullable FileState now) throws UnreadableException, IOException {
    Tail last = chain.peekLast();
    if (last == null) {
      begin(now);
      return;
    }
    if (!last.isIntact()) {
      if (now != null || !last.isCutReported()) {
        advance(last, now);
      }
      return;
    }
    if (now == null) {
      return; // a renamed file is still read
    }
    boolean isSame = search.isSame(last, now);
    if (last.content().offset() == 0 && !(isSame && !last.isChanged(now))) {
      takeMissed(last, isSame ? now : null);
    }
    if (!isSame) {
      advance(last, now);
      return;
    }
    last.changedAt(now.modifiedMicros());
  }

  /**
   * Inserts before the last file any file that was filled, copied and truncated before the last one
   * received its lines. The last file may have been empty at the previous look as well as now.
   */
  private void takeMissed(Tail last, @Nullable FileState now)
      throws UnreadableException, IOException {
    if (!rotated.areNamed()) {
      return;
    }
    List<RotatedFile> listed = rotated.list();
    long until =
        now != null
            ? now.modifiedMicros()
            : listed.stream()
                .map(RotatedFile::state)
                .filter(state -> state.hasKey(last.key()))
                .mapToLong(FileState::modifiedMicros)
                .findFirst()
                .orElse(last.modifiedMicros());
    List<RotatedFile> older =
        listed.stream().filter(file -> file.state().modifiedMicros() <= until).toList();
    Successors missed = unknown(older);
    chain.removeLast();
    try {
      addAll(List.of(), missed, null, false);
    } finally {
      chain.add(last);
    }
    rotated.knowAlso(older);
    last.changedAt(until);
  }

  /** Files that are new, and neither open nor copies of open files. */
  private Successors unknown(List<RotatedFile> listed) throws IOException {
    Successors successors = new Successors(listed, storage);
    successors.without(rotated::isKnown);
    for (Tail tail : chain) {
      boolean intact = tail.isIntact();
      successors.without(file -> intact && file.state().hasKey(tail.key()));
      successors.withoutCopiesOf(tail.head());
    }
    return successors;
  }

  private void begin(@Nullable FileState now) throws UnreadableException {
    List<RotatedFile> listed = rotated.list();
    if (resume.isEmpty()) {
      if (now != null) {
        chain.add(Tail.open(storage, now, ReplayPosition.BEGINNING));
        rotated.know(listed);
      }
      return;
    }
    Tail found = now == null ? null : search.openIfFits(now, resume.get());
    if (found != null) {
      LOG.info("{} continues after line {}", path, resume.get().line());
      chain.add(found);
      rotated.know(listed);
      return;
    }
    resumeAfterRestart(resume.get(), now, listed);
  }

  private void resumeAfterRestart(
      ReplayPosition position, @Nullable FileState now, List<RotatedFile> listed)
      throws UnreadableException {
    Optional<RotatedFile> found = search.holderOf(position, listed);
    if (found.isEmpty() && now == null) {
      return; // nothing to resume yet
    }
    Successors successors = new Successors(listed, storage);
    found.ifPresent(successors::without);
    found.ifPresent(file -> successors.withoutCopiesOf(file.head()));
    Lineage lineage = position.lineage().orElse(null);
    if (lineage != null) {
      successors.changedAfter(lineage);
    } else if (found.isPresent()) {
      successors.changedAfter(new Lineage("", found.get().state().modifiedMicros(), 0, 0));
    } else {
      successors.none();
    }
    if (found.isPresent()) {
      RotatedFile file = found.get();
      LOG.info(
          "{} was rotated: continuing after line {} of {}", path, position.line(), file.path());
    } else {
      LOG.warn(
          "{} is not the file that was read before, and that one was not found{}: lines of it may"
              + " be lost",
          path,
          rotated.areNamed() ? "" : " (set rotated to say where to look)");
    }
    List<Tail> more = new ArrayList<>();
    if (found.isPresent()) {
      more.add(Tail.open(storage, found.get().state(), position));
    }
    addAll(more, successors, now, found.isEmpty());
    rotated.know(listed);
    if (found.isPresent() && search.isLost(position.ahead(), listed, now)) {
      LOG.warn(
          "{}: a later file was truncated or deleted before it was read: lines of it may be lost",
          path);
      intake.lostUncounted(LOSS);
    }
  }

  /** Called when the name refers to a different file or none, or the file was truncated. */
  private void advance(Tail last, @Nullable FileState now) throws UnreadableException, IOException {
    if (chain.size() >= MOST_FILES) {
      overfull = true;
      return;
    }
    boolean wasCut = !last.isIntact(); // evaluated once, because the file may change at any time
    last.restartQuietTime(); // its writer may notice the change only with its next line
    List<RotatedFile> listed = rotated.list();
    Optional<RotatedFile> copy =
        wasCut
            ? search.holderOf(last.position(), listed.stream().filter(last::isHeldBy).toList())
            : Optional.empty();
    Successors successors = unknown(listed);
    copy.ifPresent(successors::without);
    List<Tail> more = new ArrayList<>();
    if (copy.isPresent()) {
      more.add(Tail.open(storage, copy.get().state(), last.position()));
      more.get(0).inherits(last);
    }
    addAll(more, successors, now, false);
    rotated.know(listed);
    boolean isNews = wasCut && !last.isCutReported();
    if (isNews) {
      last.markCutReported();
      logCut(copy);
    }
    if (isNews && copy.isEmpty() || overfull && !rotated.areNamed()) {
      intake.lostUncounted(LOSS); // at once, because a crash would forget the loss
    }
    overfull = false;
    if (copy.isPresent()) {
      chain.remove(last);
      last.close();
    }
  }

  private void logCut(Optional<RotatedFile> copy) {
    if (copy.isPresent()) {
      LOG.info("{} was truncated: continuing in {}", path, copy.get().path());
      return;
    }
    LOG.warn(
        "{} was truncated: continuing at its start; lines that were written before and not read"
            + " are lost{}",
        path,
        rotated.areNamed() ? "" : ", unless they were copied: set rotated to find the copies");
  }

  /** Opens all of the files or none, and appends them to the chain. */
  private void addAll(
      List<Tail> opened, Successors successors, @Nullable FileState now, boolean afterLoss)
      throws UnreadableException {
    List<Tail> all = new ArrayList<>(opened);
    try {
      if (now != null) {
        successors.withoutCopiesOf(RotatedFile.read(now, storage).head());
      }
      for (RotatedFile file : successors.files()) {
        all.add(Tail.open(storage, file.state(), ReplayPosition.BEGINNING));
      }
      if (now != null) {
        all.add(Tail.open(storage, now, ReplayPosition.BEGINNING));
      }
    } catch (UnreadableException e) {
      all.forEach(ChainReader::close);
      throw e;
    } catch (IOException e) {
      all.forEach(ChainReader::close);
      throw new UnreadableException(path, FileState.reason(path, e));
    }
    if (afterLoss && !all.isEmpty()) {
      all.get(0).afterLoss();
    }
    chain.addAll(all);
  }

  /** Files that were filled and copied before this one received its lines come first. */
  @Override
  public synchronized boolean lookBeforeFirstRead(Tail tail) {
    look();
    try {
      if (chain.peekFirst() == tail && chain.peekLast() == tail && tail.isIntact()) {
        takeMissed(tail, null);
      }
      return true;
    } catch (UnreadableException | IOException e) {
      pathProblem = String.valueOf(e.getMessage());
      watch.unsettle(); // only a full look clears the problem
      return false;
    }
  }

  @Override
  public synchronized Optional<Ahead> ahead() {
    return ahead;
  }

  @Override
  public synchronized @Nullable Line read() {
    return reader.read();
  }

  @Override
  public @Nullable Line readRest() {
    return null;
  }

  @Override
  public synchronized boolean hasMoreAtHand() {
    return reader.hasMoreAtHand();
  }

  @Override
  public synchronized void close() {
    closed = true;
    chain.forEach(ChainReader::close);
    chain.clear();
  }
}
