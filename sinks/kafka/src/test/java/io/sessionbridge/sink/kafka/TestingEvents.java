package io.sessionbridge.sink.kafka;

import com.google.inject.Guice;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import io.sessionbridge.config.ConfigFile;
import io.sessionbridge.config.Problem;
import io.sessionbridge.config.Problems;
import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.SessionEvent;
import io.sessionbridge.format.FormatsModule;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.EventFormat;
import io.sessionbridge.spi.FormatFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Events and configurations for the tests of this package. */
final class TestingEvents {

  private static final Map<String, FormatFactory<?>> FORMATS =
      Guice.createInjector(new FormatsModule())
          .getInstance(Key.get(new TypeLiteral<Map<String, FormatFactory<?>>>() {}));

  private TestingEvents() {}

  /** The configuration that the YAML of one entry gives; fails with the problems. */
  static KafkaSinkConfig config(String yaml) {
    Problems problems = new Problems();
    Optional<KafkaSinkConfig> config = read(yaml, problems);
    return config.orElseThrow(() -> new AssertionError(problems.toString()));
  }

  /** What is wrong with the YAML of one entry. */
  static List<String> problems(String yaml) {
    Problems problems = new Problems();
    read(yaml, problems);
    return problems.sorted().stream()
        .map(Problem::toString)
        .map(text -> text.replace("/etc/sessionbridge/", ""))
        .toList();
  }

  private static Optional<KafkaSinkConfig> read(String yaml, Problems problems) {
    return ConfigFile.parse("/etc/sessionbridge/s.yaml", yaml, problems)
        .flatMap(entry -> KafkaSinkConfig.SPEC.read(entry, problems));
  }

  static EncodedEvent event(long sequence, Instant time, String format, int extraBytes) {
    EventData data =
        EventData.builder(Kind.LOGON)
            .put(Field.HOST_ID, "host-1")
            .put(Field.SESSION_ID, 3L)
            .put(Field.USER_NAME, "Bernd Ärger" + "x".repeat(extraBytes))
            .build();
    SessionEvent event =
        SessionEvent.of("e1-" + sequence, "/sessionbridge/host-1", time, time, sequence, data);
    return encode(format, event);
  }

  private static EncodedEvent encode(String format, SessionEvent event) {
    return format(FORMATS.get(format)).encode(event);
  }

  private static <C> EventFormat format(FormatFactory<C> factory) {
    Problems problems = new Problems();
    C none =
        ConfigFile.parse("s.yaml", "{}", problems)
            .flatMap(entry -> factory.config().read(entry, problems))
            .orElseThrow();
    return factory.create(none);
  }

  static EncodedEvent event(long sequence) {
    return event(sequence, Instant.now(), "cloudevents_binary", 0);
  }

  static EncodedEvent event(long sequence, Instant time) {
    return event(sequence, time, "cloudevents_binary", 0);
  }

  static EncodedEvent large(long sequence, int bytes) {
    return event(sequence, Instant.now(), "cloudevents_binary", bytes);
  }

  /** Events with the sequences from first to last. */
  static List<EncodedEvent> events(int first, int last) {
    return IntStream.rangeClosed(first, last).mapToObj(TestingEvents::event).toList();
  }

  static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  /** The ids in the order of the topic. */
  static List<String> ids(List<ConsumerRecord<byte[], byte[]>> records) {
    List<String> ids = new ArrayList<>();
    records.forEach(record -> ids.add(header(record, "ce_id")));
    return ids;
  }

  static List<String> idsOf(int first, int last) {
    return IntStream.rangeClosed(first, last).mapToObj(sequence -> "e1-" + sequence).toList();
  }
}
