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

/** Makes events, numbered as a journal numbers them. */
public final class TestingEvents {

  private static final Instant FIRST_TIME = Instant.parse("2026-11-20T08:00:00Z");
  private static final String EPOCH = "7h3jk2";

  private final TestingHost host = new TestingHost();
  private final EventFormat format;
  private long sequence;

  /** Events in the format of that name. */
  public TestingEvents(String format) {
    this.format = TestingFormats.named(format);
  }

  /** Data of an event of somebody's session. */
  public static EventData.Builder data(Kind kind) {
    return EventData.builder(kind)
        .put(Field.SESSION_ID, 2L)
        .put(Field.USER_NAME, "kim")
        .put(Field.USER_DOMAIN, "CONTOSO");
  }

  /** The next event; the host's fields are filled in. */
  public EncodedEvent next(EventData data) {
    sequence++;
    EventData complete =
        data.toBuilder()
            .putIfAbsent(Field.HOST_ID, host.id())
            .putIfAbsent(Field.HOST_NAME, host.name())
            .build();
    Instant time = FIRST_TIME.plusSeconds(sequence);
    return format.encode(
        SessionEvent.of(
            EventId.of(EPOCH, sequence),
            host.eventSource(),
            time,
            time.plusMillis(1),
            sequence,
            complete));
  }

  /** The next events, locks and unlocks by turns. */
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
