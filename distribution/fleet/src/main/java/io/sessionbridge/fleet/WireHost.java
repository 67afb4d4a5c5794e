package io.sessionbridge.fleet;

import io.sessionbridge.delivery.Backoff;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.event.Origin;
import io.sessionbridge.event.SessionEvent;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.EventFormat;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A host without an agent: its events wait in memory, and go to the topic as the delivery loop and
 * the Kafka sink of an agent send them. The connections, their times and the back-off are those of
 * an agent; its journal, session tracker and threads are missing.
 */
final class WireHost implements FleetMember {

  /** {@code max.block.ms} of the sink, for the probe and for the client after it. */
  private static final Duration CONNECT_TIME = Duration.ofSeconds(5);

  /** {@code delivery.timeout.ms} of the sink. */
  private static final Duration DELIVERY_TIME = Duration.ofSeconds(60);

  private static final int MOST = 500;

  private final int number;
  private final FleetOptions options;
  private final Timeline timeline;
  private final FleetClock clock;
  private final WireLoop loop;
  private final List<InetSocketAddress> servers;
  private final EventFormat format;
  private final Random random;
  private final Backoff backoff;
  private final Deque<EncodedEvent> waiting = new ArrayDeque<>();
  private volatile boolean runs;
  private volatile long delivered;
  private volatile long pending;
  private volatile long replaced;
  private @Nullable WireConnection probe;
  private @Nullable WireClient client;
  private WireLoop.@Nullable Timer limit;
  private WireLoop.@Nullable Timer next;
  private WireLoop.@Nullable Timer retry;
  private long settled;
  private int inHand;
  private boolean up;

  WireHost(
      int number,
      FleetOptions options,
      Timeline timeline,
      FleetClock clock,
      WireLoop loop,
      List<InetSocketAddress> servers,
      EventFormat format) {
    this.number = number;
    this.options = options;
    this.timeline = timeline;
    this.clock = clock;
    this.loop = loop;
    this.servers = servers;
    this.format = format;
    this.random = new Random();
    this.backoff = new Backoff(random);
  }

  @Override
  public String hostId() {
    return VirtualHost.id(number);
  }

  @Override
  public Timeline timeline() {
    return timeline;
  }

  @Override
  public boolean runs() {
    return runs;
  }

  @Override
  public void start() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    loop.execute(
        () -> {
          runs = true;
          play();
          connect();
          begun.countDown();
        });
    begun.await();
  }

  /** As an agent does: what is in hand may be finished within a second. */
  @Override
  public void stop() {
    CountDownLatch ended = new CountDownLatch(1);
    loop.execute(() -> end(ended, System.nanoTime() + TimeUnit.SECONDS.toNanos(1)));
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void end(CountDownLatch ended, long latest) {
    runs = false;
    if (up && inHand > 0 && System.nanoTime() < latest) {
      loop.after(Duration.ofMillis(20), () -> end(ended, latest));
      return;
    }
    cancel(next);
    cancel(retry);
    disconnect();
    ended.countDown();
  }

  @Override
  public Optional<Totals> totals() {
    return runs ? Optional.of(new Totals(delivered, pending)) : Optional.empty();
  }

  @Override
  public Optional<List<HostBooks>> booksIfDone() {
    if (!runs || timeline.nextAt().isPresent() || pending > 0) {
      return Optional.empty();
    }
    long count = timeline.count();
    return Optional.of(
        List.of(new HostBooks(Timeline.source(number), count, replaced, count - replaced)));
  }

  /** Takes the events that are due on the host. */
  private void play() {
    if (!runs) {
      return;
    }
    for (List<Observation> due = timeline.due(clock.sinceMidnight());
        !due.isEmpty();
        due = timeline.due(clock.sinceMidnight())) {
      due.forEach(one -> take(encoded(one)));
      pending = waiting.size();
      timeline.emitted(due.size());
    }
    timeline.nextAt().ifPresent(at -> next = loop.after(clock.until(at), this::play));
    deliver();
  }

  /** As in an agent, a heartbeat that a newer one makes old is not sent. */
  private void take(EncodedEvent event) {
    if (isHeartbeat(event)) {
      List<EncodedEvent> old = waiting.stream().skip(inHand).filter(WireHost::isHeartbeat).toList();
      waiting.removeAll(old);
      long sum = replaced + old.size();
      replaced = sum;
    }
    waiting.add(event);
  }

  private static boolean isHeartbeat(EncodedEvent event) {
    return event.event().kind() == Kind.BRIDGE_HEARTBEAT;
  }

  private EncodedEvent encoded(Observation observation) {
    Origin origin = observation.origin().orElseThrow();
    long sequence = Long.parseLong(origin.sequence().orElseThrow());
    return format.encode(
        SessionEvent.of(
            origin.id(),
            origin.source(),
            observation.time(),
            origin.recordedTime().orElseThrow(),
            sequence,
            observation.data()));
  }

  private void connect() {
    if (!runs) {
      return;
    }
    limit = loop.after(CONNECT_TIME, this::fail);
    probe(0, false);
  }

  /** The sink asks each server once, and the first that answers also for the brokers. */
  private void probe(int server, boolean answered) {
    if (server == servers.size()) {
      if (answered) {
        open();
      } else {
        fail();
      }
      return;
    }
    WireConnection[] made = new WireConnection[1];
    made[0] =
        WireConnection.open(
            loop,
            servers.get(server),
            () ->
                made[0].ask(
                    WireRequests.probe(),
                    any -> {
                      if (answered) {
                        probed(made[0], server);
                      } else {
                        made[0].ask(
                            WireRequests.probeBrokers(), brokers -> probed(made[0], server));
                      }
                    }),
            () -> probe(server + 1, answered));
    probe = made[0];
  }

  private void probed(WireConnection connection, int server) {
    connection.close();
    probe(server + 1, true);
  }

  private void open() {
    cancel(limit);
    limit = loop.after(CONNECT_TIME, this::fail);
    WireClient made =
        new WireClient(loop, servers, hostId(), options.partitions, random, new Progress());
    client = made;
    made.open();
  }

  /** What the client of this host reports. */
  private final class Progress implements WireClient.Owner {

    @Override
    public void opened() {
      cancel(limit);
      up = true;
      deliver();
    }

    @Override
    public void delivered() {
      cancel(limit);
      backoff.reset();
      settled += inHand;
      delivered = settled;
      for (; inHand > 0; inHand--) {
        waiting.remove();
      }
      pending = waiting.size();
      deliver();
    }

    @Override
    public void refused() {
      fail();
    }
  }

  private void deliver() {
    WireClient open = client;
    if (!up || open == null || inHand > 0 || waiting.isEmpty()) {
      return;
    }
    List<EncodedEvent> batch = waiting.stream().limit(MOST).toList();
    inHand = batch.size();
    limit = loop.after(DELIVERY_TIME, this::fail);
    open.deliver(batch);
  }

  private void fail() {
    disconnect();
    retry = loop.after(backoff.next(), this::connect);
  }

  private void disconnect() {
    cancel(limit);
    up = false;
    inHand = 0;
    WireConnection asking = probe;
    if (asking != null) {
      asking.close();
    }
    WireClient open = client;
    client = null;
    if (open != null) {
      open.close();
    }
  }

  private static void cancel(WireLoop.@Nullable Timer timer) {
    if (timer != null) {
      timer.cancel();
    }
  }
}
