package io.sessionbridge.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * When each numbered event was sent, and when it first arrived at each of three receivers; and the
 * same for events that a bare producer sent to a consumer.
 */
final class Arrivals implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(500);
  private static final long LOOK_EVERY_NANOS = 200_000;
  private static final int MOST_AT_ONCE = 1 << 16;

  private final AtomicLongArray sent;
  private final AtomicLongArray sentBare;
  private final AtomicLongArray bare;
  private final AtomicLongArray kafka;
  private final AtomicLongArray mqtt;
  private final AtomicLongArray syslog;
  private volatile boolean closed;

  Arrivals(int events) {
    this.sent = new AtomicLongArray(events);
    this.sentBare = new AtomicLongArray(events);
    this.bare = new AtomicLongArray(events);
    this.kafka = new AtomicLongArray(events);
    this.mqtt = new AtomicLongArray(events);
    this.syslog = new AtomicLongArray(events);
  }

  void sent(int number) {
    sent.set(number, System.nanoTime());
  }

  /** The same for an event of the bare producer. */
  void sentBare(int number) {
    sentBare.set(number, System.nanoTime());
  }

  private static void arrived(AtomicLongArray receiver, String text) {
    long now = System.nanoTime();
    int number = EventLines.number(text);
    if (number >= 0 && number < receiver.length()) {
      receiver.compareAndSet(number, 0, now);
    }
  }

  Subscriber.Reader ofMqtt() {
    return (topic, body) -> arrived(mqtt, new String(body, StandardCharsets.UTF_8));
  }

  /** Consumes the agent's topic; returns once the consumer has a position. */
  void follow(Topic topic) throws InterruptedException {
    follow(topic, kafka);
  }

  /** The same for the topic of the bare producer. */
  void followBare(Topic topic) throws InterruptedException {
    follow(topic, bare);
  }

  private void follow(Topic topic, AtomicLongArray receiver) throws InterruptedException {
    CountDownLatch positioned = new CountDownLatch(1);
    start("arrivals-of-" + topic.name(), () -> consume(topic, receiver, positioned));
    if (!positioned.await(30, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the consumer got no position in " + topic.name());
    }
  }

  private void consume(Topic topic, AtomicLongArray receiver, CountDownLatch positioned) {
    TopicPartition partition = new TopicPartition(topic.name(), 0);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", topic.broker()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      consumer.position(partition);
      positioned.countDown();
      while (!closed) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          arrived(receiver, new String(record.value(), StandardCharsets.UTF_8));
        }
      }
    }
  }

  /** Reads the lines that rsyslogd appends to a file. */
  void follow(Path file) {
    start("syslog-arrivals", () -> read(file));
  }

  private void read(Path file) {
    StringBuilder unread = new StringBuilder();
    ByteBuffer buffer = ByteBuffer.allocate(MOST_AT_ONCE);
    long position = 0;
    while (!closed) {
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
      try {
        if (Files.notExists(file) || Files.size(file) == position) {
          continue;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
          position += Math.max(0, channel.read(buffer.clear(), position));
        }
      } catch (IOException e) {
        throw new IllegalStateException("cannot read " + file, e);
      }
      unread.append(StandardCharsets.UTF_8.decode(buffer.flip()));
      int end = unread.indexOf("\n");
      while (end >= 0) {
        arrived(syslog, unread.substring(0, end));
        unread.delete(0, end + 1);
        end = unread.indexOf("\n");
      }
    }
  }

  private static void start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Waits until every event has arrived everywhere, but no longer than this. */
  void await(int seconds) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (System.nanoTime() - end < 0
        && !List.of(bare, kafka, mqtt, syslog).stream().allMatch(Arrivals::isFull)) {
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
  }

  private static boolean isFull(AtomicLongArray receiver) {
    for (int i = 0; i < receiver.length(); i++) {
      if (receiver.get(i) == 0) {
        return false;
      }
    }
    return true;
  }

  /** Prints what the events from one number up to but not including another took. */
  void print(int from, int to) {
    print("bare", sentBare, bare, from, to);
    print("kafka", sent, kafka, from, to);
    print("mqtt", sent, mqtt, from, to);
    print("relp", sent, syslog, from, to);
  }

  private static void print(
      String name, AtomicLongArray start, AtomicLongArray receiver, int from, int to) {
    Samples millis = new Samples();
    for (int i = from; i < to; i++) {
      if (receiver.get(i) != 0) {
        millis.add((receiver.get(i) - start.get(i)) / 1e6);
      }
    }
    int missing = to - from - millis.values().size();
    if (millis.values().isEmpty()) {
      Report.say("  %-6s nothing arrived, missing %d", name, missing);
      return;
    }
    Report.say(
        "  %-6s median %.2f ms, 99.9 %% %.2f ms, highest %.2f ms, missing %d",
        name, millis.median(), millis.percentile(99.9), millis.percentile(100), missing);
  }

  @Override
  public void close() {
    closed = true;
  }
}
