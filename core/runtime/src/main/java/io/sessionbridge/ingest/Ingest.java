package io.sessionbridge.ingest;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.event.EventData;
import io.sessionbridge.event.EventRecord;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.event.Rfc3339;
import io.sessionbridge.ingest.OrderedWrites.Attempt;
import io.sessionbridge.ingest.OrderedWrites.Making;
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
 * Makes events of observations: enrich, then take in and write under one lock, then wait for the
 * disk outside the lock, so that many sources share one force. What is durable changes the states
 * and the board. See {@link OrderedWrites}.
 */
public final class Ingest {

  private static final Logger LOG = LoggerFactory.getLogger(Ingest.class);

  /** The name of the agent itself. */
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
  private volatile Follower follower = Follower.NOBODY;

  /**
   * @param states as the last run left them; this takes them over
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
   * @param states as the last run left them; this takes them over
   * @param log asked how the host was started
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

  /** Who is told what happens here; no call may block. */
  interface Follower {

    Follower NOBODY =
        new Follower() {
          @Override
          public void ownChanged() {}

          @Override
          public void farBehind() {}

          @Override
          public void noted(HostCondition condition) {}
        };

    /** The durable state of the own host has changed. */
    void ownChanged();

    /** A checkpoint is due. */
    void farBehind();

    /** The system told how the machine is. */
    void noted(HostCondition condition);
  }

  /** What those who emit do when the journal is full. */
  enum WhenFull {
    /** Wait, because what they read does not run away. */
    UNTIL_THERE_IS_ROOM,
    /** Push the oldest events out, or wait if the configuration asks all to wait. */
    AS_CONFIGURED,
    /** Never wait: the agent must be able to say that it stops. */
    NONE
  }

  /**
   * The way in for one source.
   *
   * @param reconciler asked when the source may have missed something; empty where no directory
   *     knows the sessions
   */
  public Intake intake(String sourceId, String sourceType, Optional<SessionReconciler> reconciler) {
    return new SourceIntake(this, sourceId, sourceType, reconciler);
  }

  /** Names who is told what happens here. */
  void follow(Follower newFollower) {
    follower = newFollower;
  }

  private void ownChanged() {
    board.changed();
    follower.ownChanged();
  }

  /**
   * Makes observations durable, as far as they are not dropped because another source told the
   * same.
   *
   * @param whenFull what to do when the journal is full
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
      enriched.add(fastStartup.told(enricher.enrich(sourceId, sourceType, observation)));
    }
    ReportWrite reports = new ReportWrite(sourceId, sourceType, enriched);
    Written written =
        write(sourceId, reports, reports::withPosition, reports.position(), seen.size(), whenFull);
    counts.add(sourceId, reports.dropped());
    return written;
  }

  /** Makes durable what steps of the tracker on the own host give. */
  List<Observation> own(String sourceId, Making steps, WhenFull whenFull)
      throws EmitException, InterruptedException {
    return write(sourceId, steps, UnaryOperator.identity(), null, 1, whenFull).events();
  }

  private Written write(
      String sourceId,
      Making making,
      UnaryOperator<List<Observation>> positions,
      byte @Nullable [] position,
      int expected,
      WhenFull whenFull)
      throws EmitException, InterruptedException {
    long taken = Rfc3339.toMicros(clock.now());
    try {
      Written written =
          append(
              making,
              events -> encode(sourceId, taken, positions.apply(events)),
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
      Making making,
      Function<List<Observation>, List<Entry>> encoding,
      int expected,
      WhenFull whenFull)
      throws IOException, InterruptedException {
    for (long bytes = expected * usualBytes; ; ) {
      try (Reservation room = room(bytes, whenFull)) {
        Attempt attempt = writes.write(making, encoding, room);
        if (attempt.written().isPresent()) {
          usualBytes = Math.max(256, attempt.bytes() / expected * 5 / 4);
          return attempt.written().get();
        }
        bytes = attempt.bytes(); // not known before: the tracker adds to them
      }
    }
  }

  private List<Entry> encode(String sourceId, long taken, List<Observation> events) {
    List<Entry> entries = new ArrayList<>(events.size());
    for (Observation event : events) {
      entries.add(new Entry(taken, EventRecord.encode(sourceId, enricher.withOffset(event))));
    }
    return entries;
  }

  private Reservation room(long bytes, WhenFull whenFull) throws IOException, InterruptedException {
    boolean all = whenFull == WhenFull.AS_CONFIGURED;
    if (whenFull == WhenFull.NONE || all && !journal.makesAllWait()) {
      return journal.room(List.of());
    }
    if (all && !journal.hasRoom(bytes)) {
      journal.tellThatAllWait();
    }
    return journal.awaitRoom(bytes, this::letGo);
  }

  /** Or the ingest would wait for what only its own notes hold. */
  private void letGo() {
    if (journal.isHeldAloneBy(checkpoint.noted())) {
      saveStates();
    }
  }

  /** The events are durable: a note that cannot be written now only makes the next start longer. */
  private void advanceCheckpoint() {
    if (states.isFarBehind(journal.durableSequence())) {
      follower.farBehind();
    }
    try {
      checkpoint.advance(false);
    } catch (IOException e) {
      LOG.warn("the checkpoint cannot be written: {}", e.getMessage());
    }
  }

  /** Writes what a start needs, so that it reads little more. Any thread; waits for the disk. */
  public void saveStates() {
    try {
      states.save(writes::snapshot);
      checkpoint.advance(true);
    } catch (IOException e) {
      LOG.warn("the checkpoint cannot be written: {}", e.getMessage());
    }
  }

  /** Makes an event of the agent's own durable, and returns its sequence. */
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

  /** This moment, by both clocks of the host. */
  Moment moment() {
    return new Moment(clock.now(), host.uptimeMillis(), host.bootId());
  }

  /** The state of the own host with all that is on its way. */
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

  /** Something may have happened unheard, from now on until a comparison. */
  void missed() {
    writes.missed();
  }

  /** Shows how the machine is now. */
  void noted(HostCondition condition) {
    board.note(condition);
    follower.noted(condition);
  }

  /** Keeps a position of which all is durable. */
  void passed(String sourceId, byte[] position) {
    checkpoint.passed(sourceId, journal.durableSequence(), position);
  }

  /** What is not written of the reports of each source. */
  public SourceCounts counts() {
    return counts;
  }

  /** How often the tracker of the sessions failed: events are written as they come then. */
  public long trackerDefects() {
    return states.hosts().defects();
  }

  /** How many hosts that are known by what is replayed or relayed had to be forgotten. */
  public long forgottenHosts() {
    return writes.evicted();
  }

  /** States that events are lost for good. */
  void lost(long count, String reason) {
    journal.appendHole(count, reason);
  }

  /** States that events may be lost for good and nobody can know how many. */
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
