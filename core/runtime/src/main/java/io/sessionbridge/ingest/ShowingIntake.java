package io.sessionbridge.ingest;

import io.sessionbridge.event.Observation;
import io.sessionbridge.spi.Host;
import io.sessionbridge.spi.Intake;
import io.sessionbridge.spi.SessionDirectory;
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
  private final Viewer viewer;

  public ShowingIntake(
      String sourceId,
      String sourceType,
      Host host,
      Optional<SessionDirectory> directory,
      Viewer viewer) {
    this.sourceId = sourceId;
    this.sourceType = sourceType;
    this.enricher = new Enricher(host, directory);
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
    // who watches knows no earlier state to compare with
  }

  @Override
  public Optional<byte[]> resumePosition() {
    return Optional.empty();
  }
}
