package io.sessionbridge.ingest;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.event.EventData;
import io.sessionbridge.event.EventRecord;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.event.Rfc3339;
import io.sessionbridge.ingest.OrderedWrites.Attempt;
import io.sessionbridge.ingest.OrderedWrites.Change;
import io.sessionbridge.ingest.OrderedWrites.Written;
import io.sessionbridge.journal.Appended;
import io.sessionbridge.journal.Entry;
import io.sessionbridge.journal.Journal;
import io.sessionbridge.journal.JournalRecord;
import io.sessionbridge.journal.Reservation;
import io.sessionbridge.sessions.HostSessions;
import io.sessionbridge.sessions.Moment;
import io.sessionbridge.spi.EmitException;
import io.sessionbridge.spi.Host;
import io.sessionbridge.spi.HostCondition;
import io.sessionbridge.spi.Intake;
import io.sessionbridge.spi.SessionDirectory;
import io.sessionbridge.spi.SystemLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns observations into events: enriches them, applies them to the tracker and appends them under
 * one lock, and waits for the disk outside of the lock, so that many sources share one force.
 * Durable events update the states and the board. See {@link OrderedWrites}.
 */
public final class Ingest {

  private static final Logger LOG = LoggerFactory.getLogger(Ingest.class);

  /** The source id of the agent itself. */
  static final String AGENT = "bridge";

  private final Journal journal;
  private final Host host;
  private final Clock clock;
  private final LiveBoard board;
  private final Checkpoint checkpoint;
  private final Enricher enricher;
  private final FastStartup fastStartup;
  private final SessionStates states;
  private final OrderedWrites writes;
  private final SourceCounts counts = new SourceCounts();
  private volatile long usualBytes = 512;
  private volatile Listener listener = Listener.NONE;

  /**
   * @param states of the last run; the ingest takes ownership
   */
  public Ingest(
      Journal journal,
      Host host,
      Clock clock,
      LiveBoard board,
      Checkpoint checkpoint,
      SessionStates states,
      Optional<SessionDirectory> directory) {
    this(journal, host, clock, board, checkpoint, states, directory, Optional.empty());
  }

  /**
   * @param states of the last run; the ingest takes ownership
   * @param log searched for a fast startup
   */
  public Ingest(
      Journal journal,
      Host host,
      Clock clock,
      LiveBoard board,
      Checkpoint checkpoint,
      SessionStates states,
      Optional<SessionDirectory> directory,
      Optional<SystemLog> log) {
    this.journal = journal;
    this.host = host;
    this.clock = clock;
    this.board = board;
    this.checkpoint = checkpoint;
    this.states = states;
    this.enricher = new Enricher(host, directory);
    this.fastStartup =
        new FastStartup(log, () -> checkpoint.position(EvidenceReader.POSITION), board::own);
    this.writes =
        new OrderedWrites(journal, checkpoint, states.hosts(), board::show, this::ownChanged);
  }

  /** Receives notifications from the ingest; no call may block. */
  interface Listener {

    Listener NONE =
        new Listener() {
          @Override
          public void ownChanged() {}

          @Override
          public void checkpointDue() {}

          @Override
          public void noted(HostCondition condition) {}
        };

    /** The durable state of this host changed. */
    void ownChanged();

    /** A checkpoint is due. */
    void checkpointDue();

    /** A source reported the machine's condition. */
    void noted(HostCondition condition);
  }

  /** What an emitter does when the journal is full. */
  enum WhenFull {
    /** Wait, for input that can be read later. */
    UNTIL_THERE_IS_ROOM,
    /** Evict the oldest events, or wait if {@code when_full} is {@code block}. */
    AS_CONFIGURED,
    /** Never wait, so that the agent can always record its stop. */
    NONE
  }

  /**
   * Creates the intake of one source.
   *
   * @param reconciler called when the source may have missed something; empty without a session
   *     directory
   */
  public Intake intake(String sourceId, String sourceType, Optional<SessionReconciler> reconciler) {
    return new SourceIntake(this, sourceId, sourceType, reconciler);
  }

  /** Sets the listener. */
  void listen(Listener newListener) {
    listener = newListener;
  }

  private void ownChanged() {
    board.changed();
    listener.ownChanged();
  }

  /**
   * Makes observations durable, except those dropped because another source already reported them.
   */
  void emit(String sourceId, String sourceType, List<Observation> seen, WhenFull whenFull)
      throws EmitException, InterruptedException {
    if (!seen.isEmpty()) {
      report(sourceId, sourceType, seen, whenFull);
    }
  }

  private Written report(
      String sourceId, String sourceType, List<Observation> seen, WhenFull whenFull)
      throws EmitException, InterruptedException {
    List<Observation> enriched = new ArrayList<>(seen.size());
    for (Observation observation : seen) {
      enriched.add(fastStartup.withReason(enricher.enrich(sourceId, sourceType, observation)));
    }
    ReportWrite reports = new ReportWrite(sourceId, sourceType, enriched);
    Written written =
        write(sourceId, reports, reports::withPosition, reports.position(), seen.size(), whenFull);
    counts.add(sourceId, reports.dropped());
    return written;
  }

  /** Applies tracker steps to this host and makes the resulting events durable. */
  List<Observation> own(String sourceId, Change steps, WhenFull whenFull)
      throws EmitException, InterruptedException {
    return write(sourceId, steps, UnaryOperator.identity(), null, 1, whenFull).events();
  }

  private Written write(
      String sourceId,
      Change change,
      UnaryOperator<List<Observation>> positions,
      byte @Nullable [] position,
      int expected,
      WhenFull whenFull)
      throws EmitException, InterruptedException {
    long takenMicros = Rfc3339.toMicros(clock.now());
    try {
      Written written =
          append(
              change,
              events -> encode(sourceId, takenMicros, positions.apply(events)),
              expected,
              whenFull);
      Optional<Appended> appended = written.appended();
      try {
        writes.await(written);
        if (position != null) {
          long sequence = appended.map(Appended::last).orElseGet(journal::durableSequence);
          checkpoint.passed(sourceId, sequence, position);
        }
      } finally {
        appended.ifPresent(checkpoint::end);
      }
      advanceCheckpoint();
      return written;
    } catch (IOException e) {
      throw new EmitException("the journal cannot write: " + e.getMessage(), e);
    }
  }

  private Written append(
      Change change,
      Function<List<Observation>, List<Entry>> encoding,
      int expected,
      WhenFull whenFull)
      throws IOException, InterruptedException {
    for (long bytes = expected * usualBytes; ; ) {
      try (Reservation room = room(bytes, whenFull)) {
        Attempt attempt = writes.write(change, encoding, room);
        if (attempt.written().isPresent()) {
          usualBytes = Math.max(256, attempt.bytes() / expected * 5 / 4);
          return attempt.written().get();
        }
        bytes = attempt.bytes(); // not known in advance, because the tracker adds events
      }
    }
  }

  private List<Entry> encode(String sourceId, long takenMicros, List<Observation> events) {
    List<Entry> entries = new ArrayList<>(events.size());
    for (Observation event : events) {
      entries.add(new Entry(takenMicros, EventRecord.encode(sourceId, enricher.withOffset(event))));
    }
    return entries;
  }

  private Reservation room(long bytes, WhenFull whenFull) throws IOException, InterruptedException {
    boolean all = whenFull == WhenFull.AS_CONFIGURED;
    if (whenFull == WhenFull.NONE || all && !journal.blocksWhenFull()) {
      return journal.room(List.of());
    }
    if (all && !journal.hasRoom(bytes)) {
      journal.warnFull();
    }
    return journal.awaitRoom(bytes, this::releaseOwnSegments);
  }

  /** Prevents the ingest from waiting for segments that only its own notes pin. */
  private void releaseOwnSegments() {
    if (journal.isPinnedOnlyBy(checkpoint.noted())) {
      saveStates();
    }
  }

  /** A failure is only logged: the events are durable, and the next start merely reads more. */
  private void advanceCheckpoint() {
    if (states.isCheckpointDue(journal.durableSequence())) {
      listener.checkpointDue();
    }
    try {
      checkpoint.advance(false);
    } catch (IOException e) {
      LOG.warn("source positions cannot be saved: {}; the next start takes longer", e.getMessage());
    }
  }

  /**
   * Writes the checkpoints, so that the next start reads little else. Thread-safe; waits for the
   * disk.
   */
  public void saveStates() {
    try {
      states.save(writes::snapshot);
      checkpoint.advance(true);
    } catch (IOException e) {
      LOG.warn(
          "session states or source positions cannot be saved: {}; the next start takes longer",
          e.getMessage());
    }
  }

  /** Makes one of the agent's own events durable and returns its sequence. */
  public long emitOwn(EventData data) throws EmitException, InterruptedException {
    Written written =
        report(AGENT, AGENT, List.of(Observation.live(clock.now(), data)), WhenFull.NONE);
    long sequence = written.appended().map(Appended::first).orElseGet(journal::durableSequence);
    Kind kind = data.kind();
    for (Observation event : written.events()) {
      if (event.data().kind() == kind) {
        return sequence;
      }
      sequence++;
    }
    return sequence;
  }

  /** The current moment, by wall clock and uptime of the host. */
  Moment moment() {
    return new Moment(clock.now(), host.uptimeMillis(), host.bootId());
  }

  /** The state of this host including events that are not durable yet. */
  HostSessions head() throws EmitException, InterruptedException {
    AtomicReference<HostSessions> head = new AtomicReference<>();
    own(
        AGENT,
        write ->
            write.own(
                (tracker, before, ids) -> {
                  head.set(before);
                  return SessionTimer.unchanged(before);
                }),
        WhenFull.NONE);
    return Objects.requireNonNull(head.get());
  }

  /** Marks that changes may have been missed, until the next comparison. */
  void missed() {
    writes.missed();
  }

  /** Publishes the machine's condition. */
  void noted(HostCondition condition) {
    board.note(condition);
    listener.noted(condition);
  }

  /** Stores a position up to which everything is durable. */
  void passed(String sourceId, byte[] position) {
    checkpoint.passed(sourceId, journal.durableSequence(), position);
  }

  /** The reports of each source that were not written. */
  public SourceCounts counts() {
    return counts;
  }

  /** How often the session tracker failed; its events are then written unchanged. */
  public long trackerDefects() {
    return states.hosts().defects();
  }

  /** How many hosts known from replayed or relayed events were dropped for lack of room. */
  public long forgottenHosts() {
    return writes.evicted();
  }

  /** Records that events are permanently lost. */
  void lost(long count, String reason) {
    journal.appendHole(count, reason);
  }

  /** Records that an unknown number of events may be permanently lost. */
  void lostUncounted(String reason) {
    journal.appendHole(JournalRecord.Hole.UNKNOWN_COUNT, reason);
  }

  Map<String, byte[]> abandonedPositions() {
    return checkpoint.abandoned();
  }

  Optional<byte[]> resumePosition(String sourceId) {
    return checkpoint.position(sourceId);
  }
}
