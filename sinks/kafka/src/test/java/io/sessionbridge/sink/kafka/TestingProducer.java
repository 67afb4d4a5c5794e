package io.sessionbridge.sink.kafka;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Acknowledges records at the flush, except the events that a test makes fail: these fail at once,
 * and once each.
 */
final class TestingProducer extends MockProducer<byte[], byte[]> {

  private final Map<String, List<RuntimeException>> failures = new HashMap<>();
  private final List<String> sent = new ArrayList<>();

  TestingProducer() {
    super(false, null, new ByteArraySerializer(), new ByteArraySerializer());
  }

  TestingProducer fail(String id, RuntimeException... failures) {
    this.failures.put(id, new ArrayList<>(List.of(failures)));
    return this;
  }

  /** The ids of all records sent, failed ones included. */
  List<String> sent() {
    return sent;
  }

  @Override
  public synchronized Future<RecordMetadata> send(
      ProducerRecord<byte[], byte[]> record, Callback callback) {
    String id = new String(record.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8);
    sent.add(id);
    List<RuntimeException> next = failures.getOrDefault(id, List.of());
    if (next.isEmpty()) {
      return super.send(record, callback);
    }
    RuntimeException failure = next.remove(0);
    callback.onCompletion(null, failure);
    return CompletableFuture.failedFuture(failure);
  }
}
