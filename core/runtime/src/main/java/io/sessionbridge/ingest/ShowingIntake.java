package io.sessionbridge.ingest;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Observation;
import io.sessionbridge.spi.Host;
import io.sessionbridge.spi.HostCondition;
import io.sessionbridge.spi.Intake;
import io.sessionbridge.spi.SessionDirectory;
import io.sessionbridge.supervision.Supervisor;
import io.sessionbridge.supervision.Supervisor.Need;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An intake that records nothing: it completes what a source saw and shows it. */
public final class ShowingIntake implements Intake {

  /** Who is shown it. One call at a time. */
  public interface Viewer {

    /** An event with all that is known of it. */
    void seen(Observation event);

    /** Events that nobody will see. */
    void lost(long count, String reason);
  }

  private final String sourceId;
  private final String sourceType;
  private final Enricher enricher;
  private final Clock clock;
  private final Optional<SessionDirectory> directory;
  private final Supervisor supervisor;
  private final Viewer viewer;

  public ShowingIntake(
      String sourceId,
      String sourceType,
      Host host,
      Clock clock,
      Optional<SessionDirectory> directory,
      Supervisor supervisor,
      Viewer viewer) {
    this.sourceId = sourceId;
    this.sourceType = sourceType;
    this.enricher = new Enricher(host, directory);
    this.clock = clock;
    this.directory = directory;
    this.supervisor = supervisor;
    this.viewer = viewer;
  }

  @Override
  public synchronized void emit(List<Observation> seen) {
    for (Observation observation : seen) {
      viewer.seen(enricher.enrich(sourceId, sourceType, observation));
    }
  }

  @Override
  public void emitWhenRoom(List<Observation> seen) {
    emit(seen);
  }

  @Override
  public synchronized void lost(long count, String reason) {
    viewer.lost(count, reason);
  }

  @Override
  public void missed(String reason) {
    supervisor.thread("watch-sessions", "watch", Need.ESSENTIAL, () -> true, this::showAll).start();
  }

  /** Who watches knows no earlier state to compare with, and so is shown all. */
  private void showAll() {
    Instant now = clock.now();
    List<EventData> present = directory.map(SessionDirectory::all).orElseGet(List::of);
    emit(present.stream().map(session -> Observation.live(now, session)).toList());
  }

  @Override
  public void noted(HostCondition condition) {
    // a state, and no event
  }

  @Override
  public Optional<byte[]> resumePosition() {
    return Optional.empty();
  }
}
