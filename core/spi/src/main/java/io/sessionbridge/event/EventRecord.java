package io.sessionbridge.event;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An event as the journal stores it: everything except the id, the sequence and the recorded time,
 * which come from the journal's record header and segment header.
 *
 * <pre>
 *  0  1  version, 1
 *  1  2  length n of the envelope
 *  3  n  envelope: items of tag (1), length (2), value; an unknown tag is skipped
 *        1 time, microseconds since 1970 (8)     5 source of the origin
 *        2 id of the source in the configuration  6 sequence of the origin
 *        3 position of the source                 7 recorded time of the origin, microseconds (8)
 *        4 id of the origin                       8 empty: the event is live
 *  3+n   the canonical JSON of the data, to the end
 * </pre>
 *
 * All numbers are big-endian.
 */
public final class EventRecord {

  /** The maximum length of a source's position, in bytes. */
  public static final int MAX_POSITION = 1024;

  private static final byte VERSION = 1;
  private static final byte TIME = 1;
  private static final byte SOURCE_ID = 2;
  private static final byte POSITION = 3;
  private static final byte ORIGIN_ID = 4;
  private static final byte ORIGIN_SOURCE = 5;
  private static final byte ORIGIN_SEQUENCE = 6;
  private static final byte ORIGIN_RECORDED_TIME = 7;
  private static final byte LIVE = 8;
  private static final byte[] NOTHING = {};

  private final byte[] bytes;
  private final byte[] json;
  private Instant time = Instant.EPOCH;

  /** Only a source that continues wants these, so that no copy is made for a sink. */
  private @Nullable Range sourceId;

  private @Nullable Range position;
  private @Nullable String originId;
  private String originSource = "";
  private @Nullable String originSequence;
  private @Nullable Instant originRecordedTime;
  private boolean live;

  private record Range(int start, int length) {}

  private EventRecord(byte[] bytes, byte[] json) {
    this.bytes = bytes;
    this.json = json;
  }

  /** Encodes an observation with complete data: it has a kind and a host id. */
  public static byte[] encode(String sourceId, Observation observation) {
    EventHead.of(observation.data());
    byte[] json = EventJson.write(observation.data());
    Envelope envelope = new Envelope();
    envelope.put(TIME, Rfc3339.toMicros(observation.time()));
    envelope.put(SOURCE_ID, sourceId);
    byte[] position = observation.position();
    if (position != null) {
      if (position.length > MAX_POSITION) {
        throw new IllegalArgumentException(
            "a position may have " + MAX_POSITION + " bytes, had " + position.length);
      }
      envelope.put(POSITION, position);
    }
    observation.origin().ifPresent(origin -> put(envelope, origin));
    if (observation.live()) {
      envelope.put(LIVE, NOTHING);
    }
    return envelope.followedBy(VERSION, json);
  }

  private static void put(Envelope envelope, Origin origin) {
    envelope.put(ORIGIN_ID, origin.id());
    envelope.put(ORIGIN_SOURCE, origin.source());
    origin.sequence().ifPresent(sequence -> envelope.put(ORIGIN_SEQUENCE, sequence));
    origin
        .recordedTime()
        .ifPresent(time -> envelope.put(ORIGIN_RECORDED_TIME, Rfc3339.toMicros(time)));
  }

  /**
   * Decodes a record that this or an earlier version of {@link #encode} wrote.
   *
   * @throws EventFormatException if the bytes are of a later version or not a record
   */
  public static EventRecord decode(byte[] bytes) throws EventFormatException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (bytes.length < 3 || in.get() != VERSION) {
      throw new EventFormatException(
          "expected a record of version "
              + VERSION
              + ", found "
              + (bytes.length == 0 ? "nothing" : "version " + bytes[0]));
    }
    int end = 3 + Short.toUnsignedInt(in.getShort());
    if (end > bytes.length) {
      throw new EventFormatException(
          "expected an envelope of " + (end - 3) + " bytes, found " + (bytes.length - 3));
    }
    EventRecord record = new EventRecord(bytes, Arrays.copyOfRange(bytes, end, bytes.length));
    in.limit(end);
    while (in.hasRemaining()) {
      record.readItem(in);
    }
    if (record.originId != null && record.originSource == null) {
      throw new EventFormatException("the id of an imported event has no source");
    }
    return record;
  }

  private void readItem(ByteBuffer in) throws EventFormatException {
    if (in.remaining() < 3) {
      throw new EventFormatException("the envelope ends inside an item");
    }
    byte tag = in.get();
    int length = Short.toUnsignedInt(in.getShort());
    if (length > in.remaining()) {
      throw new EventFormatException(
          "expected " + length + " bytes of item " + tag + ", found " + in.remaining());
    }
    int start = in.position();
    switch (tag) {
      case TIME -> time = moment(tag, start, length);
      case SOURCE_ID -> sourceId = new Range(start, length);
      case POSITION -> position = new Range(start, length);
      case ORIGIN_ID -> originId = text(start, length);
      case ORIGIN_SOURCE -> originSource = text(start, length);
      case ORIGIN_SEQUENCE -> originSequence = text(start, length);
      case ORIGIN_RECORDED_TIME -> originRecordedTime = moment(tag, start, length);
      case LIVE -> live = true;
      default -> {
        // an item of a later version; unknown items are optional by contract
      }
    }
    in.position(start + length);
  }

  private Instant moment(byte tag, int start, int length) throws EventFormatException {
    if (length != Long.BYTES) {
      throw new EventFormatException(
          "expected a time of 8 bytes in item " + tag + ", found " + length + " bytes");
    }
    return Rfc3339.ofMicros(ByteBuffer.wrap(bytes).getLong(start));
  }

  private String text(int start, int length) {
    return new String(bytes, start, length, StandardCharsets.UTF_8);
  }

  /** The id that the source had in the configuration. */
  public Optional<String> sourceId() {
    Range range = sourceId;
    return range == null ? Optional.empty() : Optional.of(text(range.start, range.length));
  }

  /** The position from which the source would resume. */
  public Optional<byte[]> position() {
    Range range = position;
    return range == null
        ? Optional.empty()
        : Optional.of(Arrays.copyOfRange(bytes, range.start, range.start + range.length));
  }

  /**
   * The observation that became the event, without position and origin. A record of an earlier
   * version, which did not store whether it was live, counts as not live.
   *
   * @throws EventFormatException if its data is invalid
   */
  public Observation toObservation() throws EventFormatException {
    return new Observation(live, time, EventJson.read(json), null, Optional.empty());
  }

  /**
   * The event, with its identity from the journal.
   *
   * @param agent the CloudEvents source of this agent
   * @param epoch the epoch of its segment
   * @param sequence its sequence in the journal
   * @param recordedTime when it was recorded
   */
  public SessionEvent toEvent(String agent, String epoch, long sequence, Instant recordedTime)
      throws EventFormatException {
    EventHead head = EventHead.read(json);
    String imported = originId;
    if (imported == null) {
      return new SessionEvent(
          null, epoch, agent, time, recordedTime, sequence, null, live, json, head);
    }
    return new SessionEvent(
        new SessionEvent.Given(
            imported, originSequence == null ? EventId.padded(sequence) : originSequence),
        epoch,
        originSource,
        time,
        originRecordedTime == null ? recordedTime : originRecordedTime,
        sequence,
        new SessionEvent.Own(EventId.of(epoch, sequence), agent),
        live,
        json,
        head);
  }
}
