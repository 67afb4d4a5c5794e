package io.sessionbridge.ingest;

import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.ingest.Ingest.WhenFull;
import io.sessionbridge.spi.EmitException;
import io.sessionbridge.spi.HostCondition;
import io.sessionbridge.spi.Intake;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The intake of one source. */
final class SourceIntake implements Intake {

  private static final Logger LOG = LoggerFactory.getLogger(SourceIntake.class);

  private final Ingest ingest;
  private final String sourceId;
  private final String sourceType;
  private final Optional<SessionReconciler> reconciler;

  SourceIntake(
      Ingest ingest, String sourceId, String sourceType, Optional<SessionReconciler> reconciler) {
    this.ingest = ingest;
    this.sourceId = sourceId;
    this.sourceType = sourceType;
    this.reconciler = reconciler;
  }

  @Override
  public void emit(List<Observation> seen) throws EmitException, InterruptedException {
    ingest.emit(sourceId, sourceType, seen, WhenFull.AS_CONFIGURED);
    if (reconciler.isPresent() && seen.stream().anyMatch(SourceIntake::isResume)) {
      reconcile("resumed");
    }
  }

  private static boolean isResume(Observation observation) {
    return observation.live() && observation.data().kind() == Kind.HOST_RESUME;
  }

  @Override
  public void emitWhenRoom(List<Observation> seen) throws EmitException, InterruptedException {
    ingest.emit(sourceId, sourceType, seen, WhenFull.UNTIL_THERE_IS_ROOM);
  }

  @Override
  public void lost(long count, String reason) {
    ingest.lost(count, reason);
  }

  @Override
  public void lostUncounted(String reason) {
    ingest.lostUncounted(reason);
  }

  @Override
  public void reconcile(String reason) {
    LOG.info("source {} compares the existing sessions: {}", sourceId, reason);
    reconciler.ifPresent(
        sessions -> {
          ingest.missed();
          sessions.request(sourceId, sourceType, reason);
        });
  }

  @Override
  public void reportCondition(HostCondition condition) {
    ingest.noted(condition);
  }

  @Override
  public Optional<byte[]> resumePosition() {
    return ingest.resumePosition(sourceId);
  }

  @Override
  public Map<String, byte[]> abandonedPositions() {
    return ingest.abandonedPositions();
  }
}
