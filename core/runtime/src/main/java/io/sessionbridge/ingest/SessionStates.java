package io.sessionbridge.ingest;

import io.sessionbridge.event.EventFormatException;
import io.sessionbridge.event.EventRecord;
import io.sessionbridge.ingest.OrderedWrites.Snapshot;
import io.sessionbridge.ingest.SessionsFile.Condition;
import io.sessionbridge.ingest.SessionsFile.Content;
import io.sessionbridge.sessions.HostSessions;
import io.sessionbridge.sessions.StateFormatException;
import io.sessionbridge.sessions.TrackedHosts;
import io.sessionbridge.sessions.TrackerSettings;
import io.sessionbridge.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Persists the session states across restarts: a checkpoint plus the records after it. If the
 * checkpoint is damaged or of a later version, the states are rebuilt from the whole journal.
 */
public final class SessionStates {

  /** The folder of the checkpoint, in the data folder. */
  public static final String FOLDER = "sessions";

  private static final Logger LOG = LoggerFactory.getLogger(SessionStates.class);

  /** The largest lag of a checkpoint in records; absorbing that many takes milliseconds. */
  private static final long MAX_LAG = 4096;

  /** A large checkpoint may lag by more: one record for this many of its bytes. */
  private static final long BYTES_PER_RECORD = 256;

  private final SessionsFile file;
  private final TrackedHosts hosts;
  private OptionalLong tailAfter;
  private volatile long saved;
  private volatile long savedBytes;
  private @Nullable HostSessions savedOwn;

  private SessionStates(SessionsFile file, TrackedHosts hosts, OptionalLong tailAfter) {
    this.file = file;
    this.hosts = hosts;
    this.tailAfter = tailAfter;
    this.saved = tailAfter.orElse(0);
  }

  /** Reads the checkpoint. The caller then absorbs the records after it. */
  public static SessionStates restore(
      Storage storage, Path dataFolder, String ownHostId, TrackerSettings settings)
      throws IOException {
    return restore(
        storage,
        dataFolder,
        ownHostId,
        () ->
            new TrackedHosts(
                ownHostId, settings, TrackedHosts.foreignBytes(Runtime.getRuntime().maxMemory())));
  }

  /**
   * @param empty creates empty states
   */
  static SessionStates restore(
      Storage storage, Path dataFolder, String ownHostId, Supplier<TrackedHosts> empty)
      throws IOException {
    SessionsFile.Opened opened = SessionsFile.open(storage, dataFolder.resolve(FOLDER));
    Content content = opened.content();
    try {
      TrackedHosts hosts = empty.get();
      for (byte[] item : content.items()) {
        take(HostSessions.decode(item), ownHostId, hosts, item == content.items().get(0));
      }
      return new SessionStates(opened.file(), hosts, tailAfter(content));
    } catch (StateFormatException e) {
      LOG.warn("the session states are rebuilt from the journal: {}", e.getMessage());
      return new SessionStates(opened.file(), empty.get(), OptionalLong.of(0));
    }
  }

  /** The first state is that of the host on which the agent ran. */
  private static void take(
      HostSessions state, String ownHostId, TrackedHosts hosts, boolean first) {
    if (!first) {
      hosts.restoreOther(state);
    } else if (state.hostId().equals(ownHostId)) {
      hosts.restoreOwn(state);
    } // else the disk moved to another machine, which has other sessions
  }

  private static OptionalLong tailAfter(Content content) {
    if (content.condition() == Condition.NEW) {
      return OptionalLong.empty();
    }
    if (content.condition() != Condition.WHOLE) {
      LOG.warn(
          "the session states are rebuilt from the journal: the checkpoint in folder {} is {}",
          FOLDER,
          content.condition() == Condition.NEWER ? "of a later version" : "damaged");
    }
    return OptionalLong.of(content.sequence());
  }

  TrackedHosts hosts() {
    return hosts;
  }

  /**
   * The sequence after which records must be absorbed: 0 for the whole journal; empty if nothing
   * was ever saved, so that the tail starts at the notes of the sources.
   */
  OptionalLong tailAfter() {
    return tailAfter;
  }

  /** Applies a record of the journal to the states. */
  void absorb(long sequence, EventRecord record) {
    if (tailAfter.isPresent() && sequence <= tailAfter.getAsLong()) {
      return;
    }
    try {
      hosts.absorb(record.toObservation());
    } catch (EventFormatException laterVersion) {
      // contains nothing that this version can use
    }
  }

  /** The last sequence that a restart need not read. */
  long position() {
    return saved;
  }

  boolean isCheckpointDue(long durable) {
    return durable - saved >= Math.max(MAX_LAG, savedBytes / BYTES_PER_RECORD);
  }

  /** Writes a checkpoint, unless the last one is still current. */
  synchronized void save(Supplier<Snapshot> states) throws IOException {
    Snapshot now = states.get();
    if (now.sequence() <= saved && now.own() == savedOwn) {
      return;
    }
    Iterator<HostSessions> others = now.others().iterator();
    boolean[] begun = {false};
    savedBytes =
        file.write(
            now.sequence(),
            () -> {
              if (!begun[0]) {
                begun[0] = true;
                return now.own().encode();
              }
              return others.hasNext() ? others.next().encode() : null;
            });
    saved = now.sequence();
    savedOwn = now.own();
  }
}
