package io.sessionbridge.sink.kafka;

import io.sessionbridge.tcp.HostPort;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A producer from creation to close. An interrupt throws {@link InterruptedException}; every other
 * failure is a {@link KafkaException}.
 */
final class Connection {

  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

  private final Producer<byte[], byte[]> producer;
  private final AnswerLimit limit;

  Connection(Producer<byte[], byte[]> producer, AnswerLimit limit) {
    this.producer = producer;
    this.limit = limit;
  }

  /** Resolves the names of the brokers and starts the producer's thread; does not connect yet. */
  static Connection open(Map<String, Object> settings) throws InterruptedException {
    AnswerLimit limit = new AnswerLimit();
    try {
      return new Connection(LimitedClient.open(settings, limit), limit);
    } catch (InterruptException e) {
      throw interrupted(e);
    }
  }

  /**
   * Checks that a broker answers, accepts the login, and has the topic.
   *
   * @return the leaders of its partitions
   */
  List<Broker> prove(String topic) throws InterruptedException {
    try {
      return producer.partitionsFor(topic).stream()
          .map(PartitionInfo::leader)
          .filter(node -> node != null && !node.isEmpty())
          .map(node -> new Broker(node.id(), new HostPort(node.host(), node.port())))
          .distinct()
          .toList();
    } catch (InterruptException e) {
      throw interrupted(e);
    }
  }

  /** The length of a refused response, which may be the cause of a failure. */
  OptionalInt refusedAnswer() {
    return limit.refused();
  }

  /** Sends a record. The callback runs on the producer's thread, or on this one if send fails. */
  void send(ProducerRecord<byte[], byte[]> record, Callback callback) throws InterruptedException {
    try {
      var unused = producer.send(record, callback);
    } catch (InterruptException e) {
      throw interrupted(e);
    }
  }

  /** Returns when every record has a result and every callback has returned. */
  void flush() throws InterruptedException {
    try {
      producer.flush();
    } catch (InterruptException e) {
      throw interrupted(e);
    }
  }

  /**
   * Closes the producer.
   *
   * @param timeout for records in flight; zero abandons them at once
   */
  void close(Duration timeout) {
    // After an interrupt the producer's thread would keep running.
    boolean interrupted = Thread.interrupted();
    try {
      producer.close(timeout);
    } catch (KafkaException e) {
      LOG.warn("the Kafka producer did not close cleanly: {}", e.toString());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Kafka sets the thread's interrupt flag again; the exception replaces it. */
  private static InterruptedException interrupted(InterruptException e) {
    Thread.interrupted();
    InterruptedException interrupted = new InterruptedException(e.getMessage());
    interrupted.initCause(e);
    return interrupted;
  }
}
