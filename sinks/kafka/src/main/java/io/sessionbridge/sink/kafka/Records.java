package io.sessionbridge.sink.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.EncodedEvent.Attribute;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * Makes records of events, as the Kafka binding of CloudEvents says: an attribute is a header
 * {@code ce_<name>}, the media type of the body is the header {@code content-type}, both UTF-8.
 *
 * <p>For one thread.
 */
final class Records {

  private final String topic;
  private final Map<String, String> headerNames = new HashMap<>();
  private String lastKey = "";
  private byte[] lastKeyBytes = {};
  private String lastContentType = "";
  private byte[] lastContentTypeBytes = {};

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
    Headers headers = record.headers();
    headers.add("content-type", contentType(encoded.contentType()));
    for (Attribute attribute : encoded.attributes()) {
      headers.add(headerName(attribute.name()), attribute.value().getBytes(UTF_8));
    }
    return record;
  }

  private String headerName(String attribute) {
    return headerNames.computeIfAbsent(attribute, name -> "ce_" + name);
  }

  /** Nearly all events of an agent are about its own host. */
  private byte[] key(String key) {
    if (!key.equals(lastKey)) {
      lastKey = key;
      lastKeyBytes = key.getBytes(UTF_8);
    }
    return lastKeyBytes;
  }

  private byte[] contentType(String contentType) {
    if (!contentType.equals(lastContentType)) {
      lastContentType = contentType;
      lastContentTypeBytes = contentType.getBytes(UTF_8);
    }
    return lastContentTypeBytes;
  }
}
