package io.sessionbridge.event;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An event with its identity, as every sink receives it. The same event has the same id, times,
 * sequence and bytes in every sink and on every retry.
 *
 * <p>The data is kept as canonical JSON and decoded on demand, so a format that passes the bytes on
 * never decodes them. The id and the sequence are created at each call, so that queued events do
 * not hold them. Safe for use by several threads.
 */
public final class SessionEvent {

  /** The CloudEvents {@code dataschema}. */
  public static final String DATA_SCHEMA = "urn:sessionbridge:schema:session-event:1";

  /** The CloudEvents {@code datacontenttype}. */
  public static final String DATA_CONTENT_TYPE = "application/json";

  /** Null if the id and the sequence follow from {@link #epoch} and {@link #journalSequence}. */
  private final @Nullable Given given;

  private final String epoch;
  private final String source;
  private final Instant time;
  private final Instant recordedTime;
  private final long journalSequence;
  private final @Nullable Own own;
  private final boolean live;
  private final byte[] json;
  private final EventHead head;
  private volatile @Nullable EventData data;

  /** The identity that this agent's journal gave to an imported event. */
  record Own(String id, String source) {}

  /** The names of an event that do not follow from its place in the journal. */
  record Given(String id, String sequence) {}

  SessionEvent(
      @Nullable Given given,
      String epoch,
      String source,
      Instant time,
      Instant recordedTime,
      long journalSequence,
      @Nullable Own own,
      boolean live,
      byte[] json,
      EventHead head) {
    this.given = given;
    this.epoch = epoch;
    this.source = source;
    this.time = time;
    this.recordedTime = recordedTime;
    this.journalSequence = journalSequence;
    this.own = own;
    this.live = live;
    this.json = json;
    this.head = head;
  }

  /**
   * An event of this agent that is not a record of the journal, for instance a gap. It is {@link
   * #live}.
   *
   * @param data complete: with its kind and its host id
   */
  public static SessionEvent of(
      String id, String source, Instant time, Instant recordedTime, long sequence, EventData data) {
    return new SessionEvent(
        new Given(id, EventId.padded(sequence)),
        "",
        source,
        time,
        recordedTime,
        sequence,
        null,
        true,
        EventJson.write(data),
        EventHead.of(data));
  }

  /**
   * Returns a copy with other data, for a sink that must not receive all of it.
   *
   * @param data complete: with its kind and its host id
   */
  public SessionEvent with(
      String otherId, String otherSource, String otherSequence, EventData data) {
    return new SessionEvent(
        new Given(otherId, otherSequence),
        epoch,
        otherSource,
        time,
        recordedTime,
        journalSequence,
        own,
        live,
        EventJson.write(data),
        EventHead.of(data));
  }

  /** Globally unique together with {@link #source}; at most 40 characters if made by this agent. */
  public String id() {
    return given == null ? EventId.of(epoch, journalSequence) : given.id();
  }

  /** The agent whose journal made the id, {@code /sessionbridge/<host id>}. */
  public String source() {
    return source;
  }

  public Kind kind() {
    return head.kind();
  }

  /** The CloudEvents type. */
  public String type() {
    return head.kind().type();
  }

  /** {@code session/<session id>}, if it is about a session. */
  public Optional<String> subject() {
    Long session = head.sessionId();
    return session == null ? Optional.empty() : Optional.of("session/" + session);
  }

  /** Whether {@link #subject} is present. */
  public boolean hasSubject() {
    return head.sessionId() != null;
  }

  /** When it happened. Unlike the sequence, it may go backwards from one event to the next. */
  public Instant time() {
    return time;
  }

  /** When SessionBridge recorded it. */
  public Instant recordedTime() {
    return recordedTime;
  }

  /** The sequence number as 20 zero-padded digits, so that text order is number order. */
  public String sequence() {
    return given == null ? EventId.padded(journalSequence) : given.sequence();
  }

  /** The sequence in this agent's journal, also for imported events. */
  public long journalSequence() {
    return journalSequence;
  }

  /** True if the id was made by another agent. */
  public boolean imported() {
    return own != null;
  }

  /**
   * True if it happened on this host just before it was recorded; false if a source read it from a
   * record of the past, if another agent made it, and if the journal is of a version that did not
   * store this.
   */
  public boolean live() {
    return live;
  }

  /** The id that this agent's journal made: {@link #id}, unless {@link #imported}. */
  public String journalId() {
    return own == null ? id() : own.id();
  }

  /** This agent: {@link #source}, unless {@link #imported}. */
  public String journalSource() {
    return own == null ? source : own.source();
  }

  /** The host that the event is about: events with the same key keep their order. */
  public String partitionKey() {
    return head.hostId();
  }

  /** The canonical JSON of the data. Not a copy: do not modify it. */
  public byte[] json() {
    return json;
  }

  /** The data, decoded at the first call. */
  public EventData data() {
    EventData decoded = data;
    if (decoded == null) {
      try {
        decoded = EventJson.read(json);
      } catch (EventFormatException e) {
        throw new IllegalStateException(
            "event " + id() + " cannot be decoded: " + e.getMessage(), e);
      }
      data = decoded;
    }
    return decoded;
  }

  /**
   * The text of one field, empty if it is absent. Cheaper than {@link #data} for a sink that needs
   * few fields: it decodes nothing else.
   *
   * @throws IllegalStateException if the bytes are not an event
   */
  public Optional<String> text(Field<String> field) {
    String found = data == null ? CanonicalText.find(json, field) : null;
    if (found != null) {
      return found.isEmpty() ? Optional.empty() : Optional.of(found);
    }
    return data().find(field);
  }

  @Override
  public String toString() {
    return kind().wireName() + " " + id();
  }
}
