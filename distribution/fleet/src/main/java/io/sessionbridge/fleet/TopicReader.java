package io.sessionbridge.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A consumer of the topic that knows nothing of the agents. It checks the sequence of each host's
 * events. One thread reads; the getters are for any thread.
 */
final class TopicReader implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);

  /** The consumer's own limit is 30 s. */
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(40);

  private static final Pattern SEQUENCE = Pattern.compile("\"sequence\":\"(\\d+)\"");
  private static final Pattern SOURCE = Pattern.compile("\"source\":\"([^\"]+)\"");
  private static final Pattern KIND = Pattern.compile("\"kind\":\"([a-z_]+)\"");

  /** The events of one source. */
  private static final class Received {
    private final BitSet sequences = new BitSet();
    private final int partition;
    private int newest;
    private long ofUsers;

    Received(int partition) {
      this.partition = partition;
    }
  }

  private final String servers;
  private final int partitions;
  private final Thread thread = new Thread(this::read, "topic reader");
  private final Map<String, Received> sources = new HashMap<>();
  private final Map<String, Long> kinds = new TreeMap<>();
  private final Map<TopicPartition, Long> ends = new HashMap<>();
  private long distinct;
  private long duplicates;
  private long disordered;
  private long unreadable;
  private long highestLag;
  private volatile boolean closing;

  TopicReader(String servers, int partitions) {
    this.servers = servers;
    this.partitions = partitions;
  }

  void start() {
    thread.setDaemon(true);
    thread.start();
  }

  private void read() {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            servers,
            "client.id",
            "observer",
            "max.poll.records",
            5000,
            // Nothing is skipped, whatever a broker that was killed has lost.
            "auto.offset.reset",
            "earliest");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> all =
          IntStream.range(0, partitions)
              .mapToObj(number -> new TopicPartition(FleetOptions.TOPIC, number))
              .toList();
      consumer.assign(all);
      consumer.seekToBeginning(all);
      while (!closing) {
        consumer.poll(POLL).forEach(this::take);
        note(consumer, all);
      }
    }
  }

  private synchronized void note(KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> all) {
    long lag = 0;
    for (TopicPartition partition : all) {
      lag += consumer.currentLag(partition).orElse(0);
    }
    highestLag = Math.max(highestLag, lag);
    notifyAll();
  }

  /** Judges a record. */
  synchronized void take(ConsumerRecord<byte[], byte[]> record) {
    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
    ends.put(partition, record.offset() + 1);
    String body = new String(record.value(), UTF_8);
    String sequence = attribute(record, "sequence", body, SEQUENCE);
    String source = attribute(record, "source", body, SOURCE);
    if (source.isEmpty()) {
      source = "/sessionbridge/" + new String(record.key(), UTF_8);
    }
    if (sequence.isEmpty()) {
      unreadable++;
      return;
    }
    Received received = sources.computeIfAbsent(source, any -> new Received(record.partition()));
    int number = Integer.parseInt(sequence);
    if (received.sequences.get(number)) {
      duplicates++;
      return;
    }
    received.sequences.set(number);
    distinct++;
    // Who reads partitions one by one has no order between them.
    disordered += number < received.newest || record.partition() != received.partition ? 1 : 0;
    received.newest = Math.max(received.newest, number);
    received.ofUsers += body.contains("\"source_type\":\"fleet\"") ? 1 : 0;
    Matcher kind = KIND.matcher(body);
    if (kind.find()) {
      kinds.merge(kind.group(1), 1L, Long::sum);
    }
  }

  private static String attribute(
      ConsumerRecord<byte[], byte[]> record, String name, String body, Pattern pattern) {
    Header header = record.headers().lastHeader("ce_" + name);
    if (header != null) {
      return new String(header.value(), UTF_8);
    }
    Matcher found = pattern.matcher(body);
    return found.find() ? found.group(1) : "";
  }

  /**
   * How many events of a host are missing, by its agent's books and by what its users did; the
   * larger of the two. Less than none would be as wrong.
   */
  synchronized long lost(HostBooks books) {
    Received received = sources.getOrDefault(books.source(), new Received(0));
    int accepted = (int) books.accepted();
    long ofAgent =
        accepted - books.filtered() - received.sequences.get(1, accepted + 1).cardinality();
    return Math.max(Math.abs(ofAgent), Math.abs(books.emitted() - received.ofUsers));
  }

  synchronized long distinct() {
    return distinct;
  }

  synchronized long duplicates() {
    return duplicates;
  }

  /**
   * Events whose first copy came after a later event of the same source, or in another partition
   * than its first event.
   */
  synchronized long disordered() {
    return disordered;
  }

  synchronized long unreadable() {
    return unreadable;
  }

  /** Records that were in the topic and not read, at most. */
  synchronized long highestLag() {
    return highestLag;
  }

  synchronized Map<String, Long> kinds() {
    return Map.copyOf(kinds);
  }

  /** Records of the fullest partition, by the mean of all. */
  synchronized double skew() {
    long sum = ends.values().stream().mapToLong(Long::longValue).sum();
    long most = ends.values().stream().mapToLong(Long::longValue).max().orElse(0);
    return sum == 0 ? 1 : (double) most * partitions / sum;
  }

  /** Waits until all is read that is in the topic now. */
  void awaitEnd(Duration atMost) throws FleetException, InterruptedException {
    Map<TopicPartition, Long> wanted;
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", servers),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      wanted =
          consumer.endOffsets(
              consumer.partitionsFor(FleetOptions.TOPIC).stream()
                  .map((PartitionInfo one) -> new TopicPartition(one.topic(), one.partition()))
                  .toList());
    }
    long end = System.nanoTime() + atMost.toNanos();
    synchronized (this) {
      while (wanted.entrySet().stream()
          .anyMatch(one -> ends.getOrDefault(one.getKey(), 0L) < one.getValue())) {
        if (System.nanoTime() > end) {
          throw new FleetException("the topic was not read to its end in " + atMost);
        }
        wait(100);
      }
    }
  }

  @Override
  public void close() {
    closing = true;
    try {
      thread.join(LONGEST_CLOSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
