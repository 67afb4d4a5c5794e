package io.sessionbridge.ingest;

import io.sessionbridge.event.EventId;
import io.sessionbridge.event.Observation;
import io.sessionbridge.sessions.Report;
import io.sessionbridge.sessions.TrackedHosts;
import io.sessionbridge.sessions.TrackedHosts.OwnStep;
import io.sessionbridge.sessions.TrackedHosts.Write;
import io.sessionbridge.sessions.TrackerSettings;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;

/**
 * Applies the reports of a watch to a tracker. Nothing is written, so every change is committed at
 * once. One call at a time.
 */
final class WatchedSessions {

  private final Consumer<Observation> shown;
  private final TrackedHosts hosts;
  private final String epoch = HexFormat.of().toHexDigits(new SecureRandom().nextLong());
  private long next = 1;

  /**
   * @param shown receives each resulting event before the call returns
   */
  WatchedSessions(String ownHostId, TrackerSettings settings, Consumer<Observation> shown) {
    this.shown = shown;
    this.hosts =
        new TrackedHosts(
            ownHostId, settings, TrackedHosts.foreignBytes(Runtime.getRuntime().maxMemory()));
  }

  void report(Report report) {
    commit(write -> write.apply(report));
  }

  void own(OwnStep step) {
    commit(write -> write.own(step));
  }

  private void commit(Consumer<Write> change) {
    long first = next;
    Write write = hosts.begin(index -> EventId.of(epoch, first + index));
    change.accept(write);
    List<Observation> events = write.events();
    next += events.size();
    hosts.commit(write);
    events.forEach(shown);
  }
}
