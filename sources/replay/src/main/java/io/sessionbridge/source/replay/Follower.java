package io.sessionbridge.source.replay;

import io.sessionbridge.source.replay.ReplayPosition.Ahead;
import io.sessionbridge.source.replay.ReplayPosition.Lineage;
import io.sessionbridge.spi.Intake;
import io.sessionbridge.storage.Storage;
import io.sessionbridge.storage.StorageFile;
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
 * Follows a name through all files that bear it one after the other. {@link #look} learns what
 * became of the name; {@link #read} reads what was learnt, in order. Files that are still to be
 * read are held open, so that they may be renamed or deleted meanwhile.
 *
 * <p>Nothing that becomes of the name ends this: what cannot be read now is a {@link #problem} and
 * is tried again at the next look. Any thread; each call holds the lock for one read of the disk.
 */
final class Follower implements ReplayInput {

  /** How often the name is looked at. */
  static final Duration LOOK_AGAIN = Duration.ofMillis(250);

  /** The reason of a gap where lines may be lost with a file that was cut or is gone. */
  static final String LOSS = "file_lost";

  /** At so many looks nothing was written to a replaced file: its writer has the new one. */
  static final int QUIET_LOOKS = 4;

  /** So many looks may pass without a file of the name before that is a problem. */
  private static final int ABSENT_LOOKS = 4;

  /** So many files are held open. */
  private static final int MOST_FILES = 256;

  private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

  private final Path path;
  private final RotatedFiles rotated;
  private final Storage storage;
  private final Intake intake;
  private final Optional<ReplayPosition> resume;
  private final Deque<Tail> chain = new ArrayDeque<>();
  private @Nullable Line held;

  /** What waits behind the file that is read: nobody else knows it after a restart. */
  private Optional<Ahead> ahead = Optional.empty();

  private int absentLooks;
  private boolean overfull;
  private boolean closed;
  private volatile String pathProblem = "";
  private volatile String readProblem = "";

  /**
   * Opens nothing; the first look does.
   *
   * @param intake told of losses; has the position to go on from
   */
  Follower(Path path, RotatedFiles rotated, Storage storage, Intake intake) {
    this.path = path;
    this.rotated = rotated;
    this.storage = storage;
    this.intake = intake;
    this.resume = intake.resumePosition().flatMap(ReplayPosition::decode);
  }

  /** Why nothing can be read now; empty if that is not so. Never blocks. */
  String problem() {
    return readProblem.isEmpty() ? pathProblem : readProblem;
  }

  /** Learns what became of the name. */
  synchronized void look() {
    if (closed) {
      return;
    }
    try {
      for (Tail tail : chain) {
        tail.look();
      }
      learn(stateOrProblem());
      Tail newest = chain.peekLast();
      ahead = newest == null || chain.size() < 2 ? Optional.empty() : newest.seen();
    } catch (UnreadableException e) {
      pathProblem = String.valueOf(e.getMessage());
    } catch (IOException e) {
      pathProblem = path + " " + FileState.reason(path, e);
    }
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
      if (now != null || !last.isCutTold()) {
        goOn(last, now);
      }
      return;
    }
    if (now == null) {
      return; // what was renamed is read on, whatever its name
    }
    boolean isSame = isSame(last, now);
    if (last.content().offset() == 0 && !(isSame && !last.isChanged(now))) {
      takeMissed(last, isSame ? now : null);
    }
    if (!isSame) {
      goOn(last, now);
      return;
    }
    last.changedAt(now.modifiedMicros());
  }

  /**
   * Puts what was filled, copied and cut before the last file got its lines before that file. It
   * may have been as empty at the look before as it is at this one.
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

  /** Those that were not there before and are neither held open nor copies of such. */
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
    Tail found = now == null ? null : openIfFits(now, resume.get());
    if (found != null) {
      LOG.info("{} continues after line {}", path, resume.get().line());
      chain.add(found);
      rotated.know(listed);
      return;
    }
    goOnAfterRestart(resume.get(), now, listed);
  }

  private @Nullable Tail openIfFits(FileState state, ReplayPosition position)
      throws UnreadableException {
    try (StorageFile file = Tail.open(storage, state)) {
      return position.fits(file) ? Tail.open(storage, state, position) : null;
    } catch (IOException e) {
      throw new UnreadableException(state.path(), FileState.reason(state.path(), e));
    }
  }

  private void goOnAfterRestart(
      ReplayPosition position, @Nullable FileState now, List<RotatedFile> listed)
      throws UnreadableException {
    Optional<RotatedFile> found = holderOf(position, listed);
    if (found.isEmpty() && now == null) {
      return; // nothing to go on with yet
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
    if (found.isPresent() && isLost(position.ahead(), listed, now)) {
      LOG.warn(
          "{}: a later file was truncated or deleted before it was read: lines of it may be lost",
          path);
      intake.lostUncounted(LOSS);
    }
  }

  /** Whether no file holds what was seen of one that was still to be read. */
  private boolean isLost(Optional<Ahead> seen, List<RotatedFile> listed, @Nullable FileState now) {
    if (seen.isEmpty()) {
      return false;
    }
    ReplayPosition place = seen.get().place();
    return listed.stream().noneMatch(file -> file.fits(place, storage))
        && (now == null || !new RotatedFile(now, new byte[0]).fits(place, storage));
  }

  private Optional<RotatedFile> holderOf(ReplayPosition position, List<RotatedFile> listed) {
    String key = position.lineage().map(Lineage::key).orElse("");
    List<RotatedFile> fitting =
        listed.stream().filter(file -> file.fits(position, storage)).toList();
    return fitting.stream()
        .filter(file -> file.state().hasKey(key))
        .findFirst()
        .or(() -> fitting.stream().findFirst());
  }

  /** Whether the name still means the last file, and that holds what was read. */
  private boolean isSame(Tail last, FileState now) throws UnreadableException, IOException {
    if (!now.key().isEmpty()) {
      return now.hasKey(last.key());
    }
    if (last.isEmpty() || now.size() == 0) {
      return last.isEmpty() && now.size() == 0;
    }
    try (StorageFile file = Tail.open(storage, now)) {
      return file.size() >= last.position().offset()
          && last.position().fits(file)
          && Sample.beginAlike(Sample.head(file), last.head());
    }
  }

  /** The name means another file or none, or the file was cut. */
  private void goOn(Tail last, @Nullable FileState now) throws UnreadableException, IOException {
    if (chain.size() >= MOST_FILES) {
      overfull = true;
      return;
    }
    boolean wasCut = !last.isIntact(); // asked once: what the answer is may change at any time
    List<RotatedFile> listed = rotated.list();
    Optional<RotatedFile> copy =
        wasCut
            ? holderOf(last.position(), listed.stream().filter(last::isHeldBy).toList())
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
    boolean isNews = wasCut && !last.isCutTold();
    if (isNews) {
      last.cutTold();
      tellCut(copy);
    }
    if (isNews && copy.isEmpty() || overfull && !rotated.areNamed()) {
      intake.lostUncounted(LOSS); // at once: nobody would know it any more after a crash
    }
    overfull = false;
    if (copy.isPresent()) {
      chain.remove(last);
      last.close();
    }
  }

  private void tellCut(Optional<RotatedFile> copy) {
    if (copy.isPresent()) {
      LOG.info("{} was truncated: continuing in {}", path, copy.get().path());
      return;
    }
    LOG.warn(
        "{} was truncated: continuing at its start; lines that were written before and not read"
            + " are lost{}",
        path,
        rotated.areNamed() ? "" : ", unless they were copied: set rotated to say where to");
  }

  /** Opens all of them or none, and puts them behind the chain. */
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
      all.forEach(this::close);
      throw e;
    } catch (IOException e) {
      all.forEach(this::close);
      throw new UnreadableException(path, FileState.reason(path, e));
    }
    if (afterLoss && !all.isEmpty()) {
      all.get(0).afterLoss();
    }
    chain.addAll(all);
  }

  @Override
  public synchronized @Nullable Line read() {
    Line waiting = held;
    if (waiting != null) {
      held = null;
      intake.lostUncounted(LOSS);
      return waiting;
    }
    while (true) {
      Tail tail = chain.peekFirst();
      if (tail == null) {
        return null;
      }
      if (isFirstRead(tail) && !lookBeforeFirstRead(tail)) {
        return null;
      }
      Line line = chain.peekFirst() == tail ? readFrom(tail) : null;
      if (chain.peekFirst() != tail) {
        continue;
      }
      if (line == null && !mayLeave(tail)) {
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
        return null; // what came before becomes durable first, so that the gap stands behind it
      }
      if (line != null) {
        return line;
      }
    }
  }

  /** Remembers with a line which file waits behind it, as long as its own is not the newest. */
  private @Nullable Line withAhead(@Nullable Line line, Tail tail) {
    if (line == null || line.position() == null || chain.peekLast() == tail) {
      return line;
    }
    return line.at(line.position().with(ahead));
  }

  private boolean isFirstRead(Tail tail) {
    return chain.peekLast() == tail && tail.content().offset() == 0 && hasMoreAtHand();
  }

  /** What was filled and copied before the lines of a file comes before them. */
  private boolean lookBeforeFirstRead(Tail tail) {
    look();
    try {
      if (chain.peekFirst() == tail && chain.peekLast() == tail && tail.isIntact()) {
        takeMissed(tail, null);
      }
      return true;
    } catch (UnreadableException | IOException e) {
      pathProblem = String.valueOf(e.getMessage());
      return false;
    }
  }

  private Tail next() {
    return chain.getFirst();
  }

  private @Nullable Line readFrom(Tail tail) {
    try {
      Line line = tail.read();
      readProblem = "";
      return line;
    } catch (FileCutException e) {
      if (tail.isCut()) {
        return null;
      }
      tail.cut();
      if (chain.peekLast() == tail) {
        look();
        return null;
      }
      LOG.warn("{} was truncated after it was rotated: its unread lines are lost", tail.path());
      intake.lostUncounted(LOSS);
      return null;
    } catch (IOException e) {
      readProblem = tail.path() + " " + FileState.reason(tail.path(), e);
      reopen(tail);
      return null;
    }
  }

  /** A descriptor may have become useless while the file is well, as on a network's disk. */
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
   * A file is left once its successor has lines and nobody writes to it any more: who writes may
   * hold it open for a while after it was renamed.
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
      return isSucceeded && tail.quietLooks() >= QUIET_LOOKS && !tail.hasMoreAtHand();
    } catch (IOException e) {
      return false;
    }
  }

  /** Goes on with the next file, and gives what this one has without a line end. */
  private @Nullable Line leave(Tail tail) {
    Line rest = tail.isCut() ? null : tail.readRest();
    chain.removeFirst();
    next().follows(tail);
    close(tail);
    LOG.info("{} was read to its end: continuing with {}", tail.path(), next().path());
    return rest;
  }

  @Override
  public @Nullable Line readRest() {
    return null;
  }

  @Override
  public synchronized boolean hasMoreAtHand() {
    try {
      return held != null || !chain.isEmpty() && chain.getFirst().hasMoreAtHand();
    } catch (IOException e) {
      return false; // the next read says why
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    chain.forEach(this::close);
    chain.clear();
  }

  private void close(Tail tail) {
    try {
      tail.close();
    } catch (IOException e) {
      LOG.debug("{}: {}", tail.path(), e.getMessage());
    }
  }
}
