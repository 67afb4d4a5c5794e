package io.sessionbridge.fleet;

import io.sessionbridge.spi.EncodedEvent;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.InitProducerIdResponse;
import org.apache.kafka.common.requests.MetadataResponse;
import org.apache.kafka.common.requests.ProduceResponse;
import org.apache.kafka.common.utils.ExponentialBackoff;
import org.jspecify.annotations.Nullable;

/**
 * What the Kafka client of an agent does on the wire, from {@code KafkaSink.connect} until the sink
 * gives it up. It looks for the cluster over one of the bootstrap servers, gets its producer id
 * from any broker, and produces to the leader of its host's partition. After a lost connection it
 * tries again with the waits that the sink sets, whether or not it has something to send. For the
 * thread of the loop.
 */
final class WireClient {

  /**
   * {@code reconnect.backoff.ms} and {@code reconnect.backoff.max.ms} as the Kafka sink sets them.
   */
  private static final long FIRST_WAIT = 50;

  private static final long LONGEST_WAIT = 10_000;

  /** {@code CommonClientConfigs.RECONNECT_BACKOFF_JITTER}. */
  private static final double JITTER = 0.2;

  /** {@code retry.backoff.ms}. */
  private static final Duration RETRY = Duration.ofMillis(100);

  private static final Compression ZSTD = Compression.zstd().build();

  /** What a client reports to its host. */
  interface Owner {

    /** It knows the cluster. */
    void opened();

    /** The batch of {@link #deliver} is in the topic. */
    void delivered();

    /** The broker refuses its producer; nothing will come of it. */
    void refused();
  }

  private final WireLoop loop;
  private final List<InetSocketAddress> servers;
  private final String hostId;
  private final int partitions;
  private final Random random;
  private final Owner owner;
  private final ExponentialBackoff waits;
  private final Map<InetSocketAddress, WireConnection> connections = new HashMap<>();
  private @Nullable WireConnection bootstrap;
  private List<InetSocketAddress> brokers = List.of();
  private @Nullable InetSocketAddress leader;
  private List<EncodedEvent> batch = List.of();
  private long producerId = -1;
  private short epoch;
  private int sequence;
  private int attempts;
  private boolean known;
  private boolean opened;
  private boolean looks;
  private boolean planned;
  private boolean busy;
  private boolean closed;

  WireClient(
      WireLoop loop,
      List<InetSocketAddress> servers,
      String hostId,
      int partitions,
      Random random,
      Owner owner) {
    this.loop = loop;
    this.servers = servers;
    this.hostId = hostId;
    this.partitions = partitions;
    this.random = random;
    this.owner = owner;
    this.waits = new ExponentialBackoff(FIRST_WAIT, 2, LONGEST_WAIT, JITTER);
  }

  /** Looks for the cluster over a bootstrap server. */
  void open() {
    looks = true;
    InetSocketAddress server = servers.get(random.nextInt(servers.size()));
    bootstrap = connect(server, this::askForCluster);
  }

  /** Produces; {@link Owner#delivered} follows, or nothing while the cluster is away. */
  void deliver(List<EncodedEvent> events) {
    batch = List.copyOf(events);
    transmit();
  }

  private WireConnection connect(InetSocketAddress address, Consumer<WireConnection> use) {
    WireConnection[] made = new WireConnection[1];
    made[0] =
        WireConnection.open(
            loop,
            address,
            () -> made[0].ask(WireRequests.versions(), any -> use.accept(made[0])),
            () -> lost(made[0], address));
    return made[0];
  }

  /** The connection to a broker, once it stands. */
  private void over(InetSocketAddress broker, Consumer<WireConnection> use) {
    WireConnection known = connections.get(broker);
    if (known != null) {
      if (known.isUp()) {
        use.accept(known);
      }
      return; // what waits for it is tried again when it stands
    }
    connections.put(
        broker,
        connect(
            broker,
            connection -> {
              attempts = 0;
              use.accept(connection);
            }));
  }

  private void lost(WireConnection connection, InetSocketAddress address) {
    if (closed) {
      return;
    }
    connections.remove(address, connection);
    if (connection == bootstrap) {
      bootstrap = null;
      if (known) {
        return; // the client needs it no more
      }
    }
    busy = false;
    looks = true;
    if (planned) {
      return;
    }
    planned = true;
    // A client has such a wait for each broker.
    int count = Math.max(1, brokers.size());
    long wait = waits.backoff(attempts / count) / count;
    attempts++;
    loop.after(Duration.ofMillis(wait), this::look);
  }

  private void look() {
    planned = false;
    if (closed || !looks) {
      return;
    }
    if (!known) {
      open();
      return;
    }
    over(brokers.get(random.nextInt(brokers.size())), this::askForCluster);
  }

  private void askForCluster(WireConnection connection) {
    connection.ask(WireRequests.metadata(), this::takeCluster);
  }

  private void takeCluster(AbstractResponse answer) {
    if (closed) {
      return;
    }
    MetadataResponse metadata = (MetadataResponse) answer;
    List<InetSocketAddress> found = new ArrayList<>();
    Map<Integer, InetSocketAddress> byId = new HashMap<>();
    for (Node node : metadata.brokers()) {
      InetSocketAddress address = new InetSocketAddress(node.host(), node.port());
      found.add(address);
      byId.put(node.id(), address);
    }
    brokers = found;
    if (!known) {
      // A bootstrap server is asked for the cluster alone, and one of that for the topic.
      known = true;
      over(brokers.get(random.nextInt(brokers.size())), this::askForCluster);
      return;
    }
    int partition = WireRequests.partition(hostId, partitions);
    InetSocketAddress leads = null;
    for (MetadataResponse.TopicMetadata topic : metadata.topicMetadata()) {
      for (MetadataResponse.PartitionMetadata one : topic.partitionMetadata()) {
        if (one.partition() == partition && one.error == Errors.NONE) {
          leads = one.leaderId.map(byId::get).orElse(null);
        }
      }
    }
    if (leads == null) {
      again();
      return;
    }
    leader = leads;
    looks = false;
    attempts = 0;
    if (!opened) {
      opened = true;
      owner.opened();
      return;
    }
    transmit();
  }

  private void transmit() {
    InetSocketAddress to = leader;
    if (closed || batch.isEmpty() || busy || looks || to == null) {
      return;
    }
    if (producerId < 0) {
      busy = true;
      over(brokers.get(random.nextInt(brokers.size())), this::askForProducerId);
      return;
    }
    busy = true;
    over(to, this::produce);
  }

  private void askForProducerId(WireConnection connection) {
    connection.ask(
        WireRequests.producerId(),
        answer -> {
          InitProducerIdResponse given = (InitProducerIdResponse) answer;
          busy = false;
          if (given.error() != Errors.NONE) {
            again();
            return;
          }
          producerId = given.data().producerId();
          epoch = given.data().producerEpoch();
          transmit();
        });
  }

  private void produce(WireConnection connection) {
    connection.ask(
        WireRequests.produce(
            batch,
            ZSTD,
            WireRequests.partition(hostId, partitions),
            producerId,
            epoch,
            sequence,
            System.currentTimeMillis()),
        this::takeResult);
  }

  private void takeResult(AbstractResponse answer) {
    ProduceResponseData.PartitionProduceResponse result =
        ((ProduceResponse) answer).data().responses().iterator().next().partitionResponses().get(0);
    Errors error = Errors.forCode(result.errorCode());
    busy = false;
    if (error == Errors.NONE || error == Errors.DUPLICATE_SEQUENCE_NUMBER) {
      sequence += batch.size();
      batch = List.of();
      owner.delivered();
    } else if (error == Errors.OUT_OF_ORDER_SEQUENCE_NUMBER
        || error == Errors.UNKNOWN_PRODUCER_ID) {
      owner.refused();
    } else {
      again();
    }
  }

  /** The leader is another one, or not ready. */
  private void again() {
    looks = true;
    if (!planned) {
      planned = true;
      loop.after(RETRY, this::look);
    }
  }

  void close() {
    closed = true;
    connections.values().forEach(WireConnection::close);
    WireConnection first = bootstrap;
    if (first != null) {
      first.close();
    }
  }
}
