package io.sessionbridge.sink.syslog;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.health.Health;
import io.sessionbridge.spi.DeliveryException;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.tcp.NameService;
import io.sessionbridge.testkit.TcpFaultProxy;
import io.sessionbridge.testkit.TcpFaultProxy.Direction;
import io.sessionbridge.testkit.TestingCertificates;
import io.sessionbridge.testkit.TestingConfig;
import io.sessionbridge.testkit.TestingEvents;
import io.sessionbridge.testkit.TestingSinkContext;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same faults for every transport over TCP: nothing is lost, and the order is kept. Between
 * sink and receiver the proxy holds back far more than a network would, so the window is as large
 * as can be.
 */
@Timeout(120)
class FaultTest {

  enum Way {
    TCP(TestingReceiver.Protocol.OCTETS, false, "transport: tcp, replay_bytes: 16MiB"),
    LF(TestingReceiver.Protocol.LF, false, "transport: tcp, framing: lf, replay_bytes: 16MiB"),
    TLS(TestingReceiver.Protocol.OCTETS, true, "transport: tcp, replay_bytes: 16MiB"),
    RELP(TestingReceiver.Protocol.RELP, false, "transport: relp"),
    RELP_TLS(TestingReceiver.Protocol.RELP, true, "transport: relp");

    private final TestingReceiver.Protocol protocol;
    private final boolean encrypts;
    private final String keys;

    Way(TestingReceiver.Protocol protocol, boolean encrypts, String keys) {
      this.protocol = protocol;
      this.encrypts = encrypts;
      this.keys = keys;
    }

    boolean answers() {
      return protocol == TestingReceiver.Protocol.RELP;
    }
  }

  private static final int RELP_WINDOW = 128;

  @TempDir static Path shared;
  @TempDir Path folder;
  private static TestingCertificates certificates;

  private final TestingEvents events = new TestingEvents("sentence");
  private TestingReceiver receiver;
  private TcpFaultProxy proxy;
  private TestingSinkContext context;
  private SyslogSink sink;
  private boolean known = true;

  @BeforeAll
  static void make() throws Exception {
    certificates = new TestingCertificates(shared).server("server");
  }

  private void start(Way way) throws Exception {
    receiver =
        new TestingReceiver(
            way.protocol,
            way.encrypts ? Optional.of(certificates.context("server")) : Optional.empty(),
            false);
    proxy = TcpFaultProxy.before("localhost", receiver.port());
    context = new TestingSinkContext(Clock.system(), folder);
    String tls = way.encrypts ? ", ca_file: " + certificates.certificate("ca") : "";
    String yaml =
        "{server: \"localhost:" + proxy.port() + "\", timeout: 2s, " + way.keys + tls + "}";
    sink =
        new SyslogSink(context, TestingConfig.read(SyslogSinkConfig.SPEC, yaml), this::addresses);
  }

  private InetAddress[] addresses(String host) throws UnknownHostException {
    if (!known) {
      throw new UnknownHostException(host);
    }
    return NameService.SYSTEM.addresses(host);
  }

  @AfterEach
  void stop() throws Exception {
    if (sink != null) {
      sink.close();
      proxy.close();
      receiver.close();
    }
  }

  private TestingLoop loop() {
    return new TestingLoop(sink, 5000);
  }

  /** Waits for the last one, because the receiver reads when it likes. */
  private void assertAllInOrder(List<EncodedEvent> all) throws Exception {
    List<String> wanted = TestingEvents.ids(all);
    List<String> ids = receiver.awaitIds(all.size());
    for (int most = all.size() + 1;
        !ids.containsAll(wanted.subList(wanted.size() - 1, wanted.size()));
        most++) {
      ids = receiver.awaitIds(most);
    }
    assertThat(new ArrayList<>(new LinkedHashSet<>(ids)).equals(wanted))
        .as("all of " + wanted.size() + " in order, in " + ids.size())
        .isTrue();
    assertThat(sink.check().isUp()).as(sink.check().toString()).isTrue();
  }

  /** How a connection can end. */
  enum Ending {
    CUT {
      @Override
      void end(FaultTest test) {
        test.proxy.cut();
      }
    },
    /** The receiver's machine says that it is done, and goes on reading. */
    HALF_CLOSED {
      @Override
      void end(FaultTest test) {
        test.proxy.halfClose(Direction.TO_CLIENT);
      }
    },
    /** As a receiver that is stopped would. */
    CLOSED {
      @Override
      void end(FaultTest test) {
        test.receiver.closeConnections();
      }
    };

    abstract void end(FaultTest test);
  }

  static Stream<Arguments> waysAndEndings() {
    return Stream.of(Way.values())
        .flatMap(way -> Stream.of(Ending.values()).map(ending -> arguments(way, ending)));
  }

  @ParameterizedTest
  @MethodSource("waysAndEndings")
  void endsInMidBatch(Way way, Ending ending) throws Exception {
    start(way);
    List<EncodedEvent> all = new ArrayList<>();
    TestingLoop loop = loop();
    for (int cuts = 1; cuts <= 3; cuts++) {
      CountDownLatch cut = new CountDownLatch(1);
      receiver.afterMore(
          2000,
          () -> {
            ending.end(this);
            cut.countDown();
          });
      List<EncodedEvent> next = events.next(5000);
      all.addAll(next);
      loop.deliver(next);
      assertThat(cut.await(20, SECONDS)).as(ending + " " + cuts).isTrue();
    }
    List<EncodedEvent> last = events.next(10); // the last cut may have come after the last batch
    all.addAll(last);
    loop.deliver(last);
    assertThat(loop.failures()).isNotEmpty();
    assertAllInOrder(all);
    if (way.answers()) {
      assertThat(receiver.await(all.size()).size() - all.size())
          .as("duplicates")
          .isBetween(0, 3 * RELP_WINDOW);
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void blackHole(Way way) throws Exception {
    start(way);
    List<EncodedEvent> all = events.next(300);
    TestingLoop loop = loop();
    loop.deliver(all.subList(0, 100));
    List<String> unused = receiver.await(100);
    proxy.blackHole(Direction.TO_SERVER);
    DeliveryResult result = sink.deliver(all.subList(100, 200));
    if (way.answers()) {
      assertThat(result.settled()).isZero();
      assertThat(sink.check().toString())
          .contains("lost localhost:" + proxy.port() + ": no answer within 2000 ms");
    } else {
      assertThat(result).as("nobody can know").isEqualTo(DeliveryResult.delivered(100));
    }
    proxy.heal();
    loop().deliver(all.subList(100 + result.settled(), 300));
    assertAllInOrder(all);
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void answersInABlackHole(Way way) throws Exception {
    start(way);
    List<EncodedEvent> all = events.next(300);
    loop().deliver(all.subList(0, 100));
    proxy.blackHole(Direction.TO_CLIENT);
    DeliveryResult result = sink.deliver(all.subList(100, 200));
    assertThat(result.settled()).isEqualTo(way.answers() ? 0 : 100);
    proxy.heal();
    loop().deliver(all.subList(100 + result.settled(), 300));
    assertAllInOrder(all);
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void receiverThatReadsNothing(Way way) throws Exception {
    start(way);
    List<EncodedEvent> all = events.next(60_000);
    TestingLoop loop = loop();
    loop.deliver(all.subList(0, 100));
    proxy.stall(Direction.TO_SERVER);
    int settled = 100;
    DeliveryResult result = sink.deliver(all.subList(settled, all.size()));
    settled += result.settled();
    assertThat(result.retry()).isPresent();
    assertThat(sink.check().toString())
        .isEqualTo(
            "DEGRADED: lost localhost:"
                + proxy.port()
                + (way.answers() ? ": no answer within" : ": it accepted nothing for")
                + " 2000 ms");
    proxy.heal();
    loop().deliver(all.subList(settled, settled + 5000));
    assertAllInOrder(all.subList(0, settled + 5000));
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void interruptEndsADelivery(Way way) throws Exception {
    start(way);
    List<EncodedEvent> all = events.next(60_000);
    sink.connect();
    proxy.stall(Direction.TO_SERVER);
    AtomicReference<String> outcome = new AtomicReference<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                outcome.set(sink.deliver(all).retry().orElseThrow().message());
              } catch (InterruptedException e) {
                outcome.set(e.getMessage());
              }
            },
            "sink-dst");
    thread.start();
    thread.interrupt();
    thread.join();
    assertThat(outcome.get()).isEqualTo("lost localhost:" + proxy.port() + ": interrupted");
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void slowReader(Way way) throws Exception {
    start(way);
    receiver.afterMore(1000, () -> rest(3));
    List<EncodedEvent> all = events.next(5000);
    TestingLoop loop = loop();
    loop.deliver(all);
    assertThat(loop.failures()).isEmpty();
    assertThat(receiver.awaitIds(5000)).isEqualTo(TestingEvents.ids(all));
    assertThat(sink.check().isUp()).isTrue();
  }

  /** Longer together than the sink is patient, but never at once. */
  private void rest(int more) {
    try {
      boolean unused = Clock.system().signal().await(Duration.ofMillis(900));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (more > 0) {
      receiver.afterMore(1000, () -> rest(more - 1));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Way.class,
      names = {"RELP", "RELP_TLS"})
  void answersAfterAReconnect(Way way) throws Exception {
    start(way);
    List<EncodedEvent> all = events.next(300);
    loop().deliver(all.subList(0, 100));
    proxy.stall(Direction.TO_CLIENT);
    assertThat(sink.deliver(all.subList(100, 200)).settled()).isZero();
    proxy.heal();
    sink.connect();
    assertThat(sink.deliver(all.subList(100, 300))).isEqualTo(DeliveryResult.delivered(200));
    List<String> ids = new ArrayList<>(TestingEvents.ids(all.subList(0, 200)));
    ids.addAll(TestingEvents.ids(all.subList(100, 300)));
    assertThat(receiver.awaitIds(400)).isEqualTo(ids);
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void halfClosed(Way way) throws Exception {
    start(way);
    List<EncodedEvent> all = events.next(400);
    TestingLoop loop = loop();
    loop.deliver(all.subList(0, 100));
    assertThat(receiver.awaitIds(100))
        .hasSize(100); // before that the proxy may have nothing to close
    proxy.halfClose(Direction.TO_CLIENT);
    loop.deliver(all.subList(100, 200));
    proxy.halfClose(Direction.TO_SERVER);
    loop.deliver(all.subList(200, 400));
    String last = TestingEvents.ids(all).get(399);
    loop.idle(() -> receiver.awaitIds(0).contains(last)); // writing alone may not notice the close
    assertAllInOrder(all);
    assertThat(loop.failures()).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void closedWhileThereIsNothingToSend(Way way) throws Exception {
    start(way);
    List<EncodedEvent> all = events.next(10);
    loop().deliver(all.subList(0, 5));
    List<String> unused = receiver.await(5);
    sink.probe();
    receiver.closeConnections();
    assertThatThrownBy(
            () -> {
              while (true) {
                sink.probe();
              }
            })
        .isInstanceOf(DeliveryException.class)
        .hasMessageStartingWith("lost localhost:" + proxy.port() + ": ");
    assertThat(sink.check().isUp()).isFalse();
    int replayed = way.answers() ? 0 : 5;
    sink.connect();
    sink.probe();
    assertThat(sink.deliver(all.subList(5, 10))).isEqualTo(DeliveryResult.delivered(5));
    assertAllInOrder(all);
    assertThat(receiver.awaitIds(10))
        .as("what may have been lost came again")
        .hasSize(10 + replayed);
    assertThat(context.metrics().count("syslog_replayed_total")).isEqualTo(replayed);
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void absentThenThere(Way way) throws Exception {
    start(way);
    List<EncodedEvent> all = events.next(100);
    proxy.refuse();
    assertThatThrownBy(sink::connect)
        .hasMessage(
            "localhost:"
                + proxy.port()
                + " refuses connections: is the receiver up, and is the port right?");
    proxy.heal();
    loop().deliver(all);
    assertAllInOrder(all);
  }

  @ParameterizedTest
  @EnumSource(
      value = Way.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"TCP", "LF"})
  void acceptsAndSaysNothing(Way way) throws Exception {
    start(way);
    proxy.stall(Direction.TO_CLIENT);
    assertThatThrownBy(sink::connect)
        .hasMessageStartingWith("localhost:" + proxy.port() + " does not answer");
    assertThat(sink.check().isUp()).isFalse();
    proxy.heal();
    sink.connect();
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void leavesNothingBehind(Way way) throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    start(way);
    List<EncodedEvent> all = new ArrayList<>(events.next(10));
    TestingLoop loop = loop();
    loop.deliver(all);
    long files = openFiles();
    while (context.metrics().count("syslog_connections_total") < 200) {
      if (all.size() % 2 == 0) {
        proxy.cut();
      } else {
        receiver.closeConnections();
      }
      List<EncodedEvent> next = events.next(1);
      all.addAll(next);
      loop.deliver(next);
    }
    assertAllInOrder(all);
    assertThat(openFiles()).isLessThan(files + 40);
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> !before.contains(thread) && thread.isAlive())
        .extracting(Thread::getName)
        .as("the threads of the test alone")
        .allMatch(name -> name.startsWith("receiver") || name.startsWith("fault-proxy"));
  }

  private static long openFiles() throws Exception {
    Path own = Path.of("/proc/self/fd");
    if (!Files.isDirectory(own)) {
      return 0; // not Linux
    }
    try (Stream<Path> files = Files.list(own)) {
      return files.count();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "relp", "udp"})
  void nameThatIsNotKnown(String transport) {
    SyslogSinkConfig config =
        TestingConfig.read(
            SyslogSinkConfig.SPEC,
            "{server: \"nobody.invalid:514\", transport: " + transport + "}");
    String why = "nobody.invalid cannot be resolved: is server right, and does DNS work?";
    try (SyslogSink lost = new SyslogSink(new TestingSinkContext(Clock.system(), folder), config)) {
      assertThatThrownBy(lost::connect).isInstanceOf(DeliveryException.class).hasMessage(why);
      assertThat(lost.check()).isEqualTo(Health.degraded(why));
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void nameNoLongerResolves(Way way) throws Exception {
    start(way);
    List<EncodedEvent> all = events.next(20);
    loop().deliver(all.subList(0, 10));
    known = false;
    proxy.cut();
    TestingLoop loop = new TestingLoop(sink, 5000);
    String why = "localhost cannot be resolved: is server right, and does DNS work?";
    while (!sink.check().equals(Health.degraded(why))) {
      assertThatThrownBy(sink::connect).isInstanceOf(DeliveryException.class).hasMessage(why);
    }
    known = true;
    loop.deliver(all.subList(10, 20));
    assertAllInOrder(all);
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void endsInOrder(Way way) throws Exception {
    start(way);
    loop().deliver(events.next(1000));
    sink.close();
    receiver.awaitClosedInOrder(1);
    assertThat(receiver.errors()).isEmpty();
    assertThat(receiver.await(1000)).hasSize(1000);
  }
}
