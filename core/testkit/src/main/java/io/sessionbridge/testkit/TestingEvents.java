package io.sessionbridge.testkit;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.EventId;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.SessionEvent;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.EventFormat;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Creates events, numbered like those of a journal. */
public final class TestingEvents {

  private static final Instant FIRST_TIME = Instant.parse("2026-11-20T08:00:00Z");
  private static final String EPOCH = "7h3jk2";

  private final TestingHost host = new TestingHost();
  private final EventFormat format;
  private long sequence;

  /** Encodes events in this format. */
  public TestingEvents(String format) {
    this.format = TestingFormats.named(format);
  }

  /** The data of an event of a user's session. */
  public static EventData.Builder data(Kind kind) {
    return EventData.builder(kind)
        .put(Field.SESSION_ID, 2L)
        .put(Field.USER_NAME, "kim")
        .put(Field.USER_DOMAIN, "CONTOSO");
  }

  /** The next event; the host's fields are filled in. */
  public EncodedEvent next(EventData data) {
    sequence++;
    return of(sequence, FIRST_TIME.plusSeconds(sequence), data);
  }

  /** The event with this number, the same at each call. */
  public EncodedEvent of(long number) {
    return of(number, FIRST_TIME.plusSeconds(number));
  }

  /** The event with this number, at this time. */
  public EncodedEvent of(long number, Instant time) {
    return of(number, time, data(number % 2 == 1 ? Kind.LOCK : Kind.UNLOCK).build());
  }

  /** The event with this number, at this time; the host's fields are filled in. */
  public EncodedEvent of(long number, Instant time, EventData data) {
    EventData complete =
        data.toBuilder()
            .putIfAbsent(Field.HOST_ID, host.id())
            .putIfAbsent(Field.HOST_NAME, host.name())
            .build();
    return format.encode(
        SessionEvent.of(
            id(number), host.eventSource(), time, time.plusMillis(1), number, complete));
  }

  /** The events with the numbers from first to last, alternating locks and unlocks. */
  public List<EncodedEvent> between(long first, long last) {
    return LongStream.rangeClosed(first, last).mapToObj(this::of).toList();
  }

  /** The id of the event with this number. */
  public static String id(long number) {
    return EventId.of(EPOCH, number);
  }

  /** The ids of the events with the numbers from first to last. */
  public static List<String> ids(long first, long last) {
    return LongStream.rangeClosed(first, last).mapToObj(TestingEvents::id).toList();
  }

  /** The next events, alternating locks and unlocks. */
  public List<EncodedEvent> next(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> next(data(i % 2 == 0 ? Kind.LOCK : Kind.UNLOCK).build()))
        .toList();
  }

  /** The ids, in order. */
  public static List<String> ids(List<EncodedEvent> events) {
    return events.stream().map(encoded -> encoded.event().id()).toList();
  }
}
