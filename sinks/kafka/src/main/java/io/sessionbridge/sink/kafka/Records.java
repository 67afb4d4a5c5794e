package io.sessionbridge.sink.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.EncodedEvent.Attribute;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * Converts events to records, as defined in the Kafka binding of CloudEvents: an attribute is a
 * header {@code ce_<name>}, the media type of the body is the header {@code content-type}, both
 * UTF-8.
 *
 * <p>For use by one thread.
 */
final class Records {

  private static final String CONTENT_TYPE = "content-type";

  private final String topic;
  private final Map<String, RecentHeaders> headers = new HashMap<>();

  /** Those of the last record by the place of the attribute: nearly all records have the same. */
  private final List<RecentHeaders> places = new ArrayList<>();

  private final RecentHeaders contentTypes = new RecentHeaders(CONTENT_TYPE, CONTENT_TYPE);
  private String lastKey = "";
  private byte[] lastKeyBytes = {};

  Records(String topic) {
    this.topic = topic;
  }

  /**
   * @param timestamp milliseconds since 1970, not negative
   */
  ProducerRecord<byte[], byte[]> make(EncodedEvent encoded, long timestamp) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            topic, null, timestamp, key(encoded.event().partitionKey()), encoded.body());
    Headers added = record.headers();
    added.add(contentTypes.of(encoded.contentType()));
    List<Attribute> attributes = encoded.attributes();
    int count = attributes.size();
    for (int i = 0; i < count; i++) {
      Attribute attribute = attributes.get(i);
      added.add(headersOf(i, attribute.name()).of(attribute.value()));
    }
    return record;
  }

  private RecentHeaders headersOf(int place, String attribute) {
    if (place < places.size()) {
      RecentHeaders last = places.get(place);
      if (last.isOf(attribute)) {
        return last;
      }
      RecentHeaders other = headersOf(attribute);
      places.set(place, other);
      return other;
    }
    RecentHeaders first = headersOf(attribute);
    places.add(first);
    return first;
  }

  private RecentHeaders headersOf(String attribute) {
    RecentHeaders known = headers.get(attribute);
    if (known == null) {
      known = new RecentHeaders(attribute, "ce_" + attribute);
      headers.put(attribute, known);
    }
    return known;
  }

  /** Caches the last key: nearly all events of an agent are about its own host. */
  private byte[] key(String key) {
    if (!key.equals(lastKey)) {
      lastKey = key;
      lastKeyBytes = key.getBytes(UTF_8);
    }
    return lastKeyBytes;
  }
}
