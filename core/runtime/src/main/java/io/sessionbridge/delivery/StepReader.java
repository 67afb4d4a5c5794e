package io.sessionbridge.delivery;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.EventFormatException;
import io.sessionbridge.event.EventId;
import io.sessionbridge.event.EventRecord;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Rfc3339;
import io.sessionbridge.event.SessionEvent;
import io.sessionbridge.journal.JournalReader;
import io.sessionbridge.journal.JournalRecord;
import io.sessionbridge.privacy.Privacy;
import io.sessionbridge.spi.EventFormat;
import io.sessionbridge.spi.Host;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Reads the journal from a sink's position and decides how to handle each record. */
final class StepReader implements AutoCloseable {

  private static final byte[] NOTHING = {};

  private static final EventCost ANY = new EventCost(0, 0);

  private final JournalReader reader;
  private final Selection selection;
  private final Privacy privacy;
  private final EventFormat format;
  private final Host host;
  private final LongSupplier latestHeartbeat;

  /** A reader without privacy protection. */
  StepReader(
      JournalReader reader,
      Selection selection,
      EventFormat format,
      Host host,
      LongSupplier latestHeartbeat) {
    this(reader, selection, Privacy.PLAIN, format, host, latestHeartbeat);
  }

  /**
   * Starts at the reader's position.
   *
   * @param privacy applied to each selected event before it is encoded
   * @param host with its real names
   * @param latestHeartbeat the sequence of this agent's latest start or heartbeat event; older
   *     heartbeats are obsolete and are not sent
   */
  StepReader(
      JournalReader reader,
      Selection selection,
      Privacy privacy,
      EventFormat format,
      Host host,
      LongSupplier latestHeartbeat) {
    this.reader = reader;
    this.selection = selection;
    this.privacy = privacy;
    this.format = format;
    this.host = host;
    this.latestHeartbeat = latestHeartbeat;
  }

  /** A reader with the same settings over another journal reader. */
  StepReader over(JournalReader other) {
    return new StepReader(other, selection, privacy, format, host, latestHeartbeat);
  }

  /** The next steps; empty if there are no more durable records. */
  List<Step> read(int maxRecords, long maxBytes) throws IOException {
    return read(maxRecords, maxBytes, ANY, Long.MAX_VALUE);
  }

  /**
   * The next steps, up to the first limit reached, but at least one if there is any.
   *
   * @param maxBytes of payloads
   * @param maxCost total cost of the steps
   */
  List<Step> read(int maxRecords, long maxBytes, EventCost cost, long maxCost) throws IOException {
    Reading reading = new Reading(maxRecords, maxBytes, cost, maxCost);
    reader.read(reading);
    return reading.steps;
  }

  /**
   * Converts each record to a step before the next one is read, so that no payload is held twice.
   */
  private final class Reading implements JournalReader.Taker {

    private final List<Step> steps = new ArrayList<>();
    private final int maxRecords;
    private final EventCost cost;
    private long bytesLeft;
    private long costLeft;

    private Reading(int maxRecords, long maxBytes, EventCost cost, long maxCost) {
      this.maxRecords = maxRecords;
      this.bytesLeft = maxBytes;
      this.cost = cost;
      this.costLeft = maxCost;
    }

    @Override
    public boolean hasRoomFor(int payloadBytes) {
      return steps.size() < maxRecords
          && payloadBytes <= bytesLeft
          && cost.ofPayload(payloadBytes) <= costLeft;
    }

    @Override
    public void take(JournalRecord record) {
      if (record instanceof JournalRecord.Data data) {
        bytesLeft -= data.payload().length;
        add(step(data));
      } else if (record instanceof JournalRecord.Hole hole) {
        add(gap(hole));
      }
    }

    private void add(Step step) {
      steps.add(step);
      costLeft -= cost.of(step);
    }
  }

  private Step step(JournalRecord.Data data) {
    SessionEvent protectedEvent = null;
    try {
      SessionEvent event =
          EventRecord.decode(data.payload())
              .toEvent(
                  host.eventSource(),
                  data.epoch(),
                  data.sequence(),
                  Rfc3339.ofMicros(data.timeMicros()));
      if (!selection.wants(event) || isOldHeartbeat(event)) {
        return new Step.Filtered(data.sequence());
      }
      protectedEvent = privacy.of(event);
      return new Step.Send(data.sequence(), format.encode(protectedEvent), false, 0);
    } catch (EventFormatException | RuntimeException e) {
      return rejected(data, protectedEvent, e);
    }
  }

  /** A dead letter, with no more names than the sink would have received. */
  private Step rejected(
      JournalRecord.Data data, @Nullable SessionEvent protectedEvent, Exception e) {
    String id =
        protectedEvent == null ? EventId.of(data.epoch(), data.sequence()) : protectedEvent.id();
    if (privacy.isPlain()) {
      return new Step.Rejected(
          data.sequence(), id, "cannot be encoded: " + reason(e), data.payload());
    }
    return protectedEvent == null
        ? new Step.Rejected(data.sequence(), id, "cannot be read", NOTHING)
        : new Step.Rejected(
            data.sequence(), id, "cannot be encoded: " + reason(e), protectedEvent.json());
  }

  private static String reason(Exception e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private boolean isOldHeartbeat(SessionEvent event) {
    return event.kind() == Kind.BRIDGE_HEARTBEAT
        && !event.imported()
        && event.journalSequence() < latestHeartbeat.getAsLong();
  }

  private Step gap(JournalRecord.Hole hole) {
    Instant time = Rfc3339.ofMicros(hole.timeMicros());
    EventData.Builder data = EventData.builder(Kind.GAP);
    data.put(Field.HOST_ID, host.id())
        .put(Field.HOST_NAME, host.name())
        .put(Field.REASON, hole.reason())
        .put(Field.FIRST_SEQUENCE, hole.first())
        .put(Field.LAST_SEQUENCE, hole.last());
    if (hole.isCounted()) {
      data.put(Field.LOST_COUNT, hole.count());
    }
    SessionEvent event =
        SessionEvent.of(
            EventId.ofGap(hole.epoch(), hole.last()),
            host.eventSource(),
            time,
            time,
            hole.last(),
            data.build());
    return new Step.Send(
        hole.last(), format.encode(privacy.of(event)), true, Math.max(0, hole.count()));
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
