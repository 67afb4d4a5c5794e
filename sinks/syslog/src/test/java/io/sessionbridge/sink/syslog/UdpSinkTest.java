package io.sessionbridge.sink.syslog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.health.Health;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.Sink;
import io.sessionbridge.spi.SinkContext;
import io.sessionbridge.tcp.NameService;
import io.sessionbridge.testkit.SinkContract;
import io.sessionbridge.testkit.TestingClock;
import io.sessionbridge.testkit.TestingConfig;
import io.sessionbridge.testkit.TestingEvents;
import io.sessionbridge.testkit.TestingSinkContext;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UdpSinkTest extends SinkContract {

  private static final Duration A_MINUTE = Duration.ofSeconds(61);

  private final int[] settled = {0};
  private final List<String> messages = new ArrayList<>();
  private DatagramSocket receiver;
  private boolean nameIsGone;

  @BeforeEach
  void listen() throws Exception {
    receiver = new DatagramSocket(0, InetAddress.getByName("localhost"));
    receiver.setOption(StandardSocketOptions.SO_RCVBUF, 8 << 20);
    receiver.setSoTimeout(20_000);
  }

  @AfterEach
  void stop() {
    receiver.close();
  }

  private SyslogSinkConfig config() {
    return TestingConfig.read(
        SyslogSinkConfig.SPEC,
        "{server: \"localhost:"
            + receiver.getLocalPort()
            + "\", transport: udp, enterprise_number: 32473}");
  }

  @Override
  protected Sink create(SinkContext context) {
    return new CountedSink(new SyslogSink(context, config(), this::addresses), settled);
  }

  private InetAddress[] addresses(String host) throws UnknownHostException {
    if (nameIsGone) {
      throw new UnknownHostException(host);
    }
    return NameService.SYSTEM.addresses(host);
  }

  @Override
  protected void breakPeer() {
    nameIsGone = true;
  }

  @Override
  protected void healPeer() {
    nameIsGone = false;
  }

  /** A datagram has no answer. */
  @Override
  protected boolean noticesAtDelivery() {
    return false;
  }

  @Override
  protected String format() {
    return "sentence";
  }

  /** Its structured data alone is larger than any message. */
  @Override
  protected EncodedEvent refused(TestingEvents from) {
    return from.next(TestingEvents.data(Kind.LOCK).put(Field.REASON, "x".repeat(9000)).build());
  }

  /** A full buffer of the system drops datagrams; 200 are read in time. */
  @Override
  protected List<String> received() throws Exception {
    while (messages.size() < settled[0]) {
      receive();
    }
    return TestingReceiver.ids(messages);
  }

  private void receive() throws Exception {
    DatagramPacket packet = new DatagramPacket(new byte[65536], 65536);
    receiver.receive(packet);
    messages.add(new String(packet.getData(), 0, packet.getLength(), UTF_8));
  }

  @Test
  void followsAChangedAddress() throws Exception {
    TestingEvents events = new TestingEvents("sentence");
    TestingClock clock = new TestingClock();
    String[] address = {"127.0.0.2"};
    try (SyslogSink sink =
        new SyslogSink(
            new TestingSinkContext(clock, folder),
            config(),
            host -> new InetAddress[] {InetAddress.getByName(address[0])})) {
      sink.connect();
      address[0] = "127.0.0.1";
      assertThat(sink.deliver(events.next(1))).isEqualTo(DeliveryResult.delivered(1));
      clock.advance(A_MINUTE);
      assertThat(sink.deliver(events.next(1))).isEqualTo(DeliveryResult.delivered(1));
      receive();
      assertThat(TestingReceiver.ids(messages)).containsExactly("7h3jk2-2");
    }
  }

  @Test
  void waitsForANameThatCannotBeResolved() throws Exception {
    TestingEvents events = new TestingEvents("sentence");
    TestingClock clock = new TestingClock();
    boolean[] known = {true};
    try (SyslogSink sink =
        new SyslogSink(
            new TestingSinkContext(clock, folder),
            config(),
            host -> {
              if (!known[0]) {
                throw new UnknownHostException(host);
              }
              return NameService.SYSTEM.addresses(host);
            })) {
      sink.connect();
      known[0] = false;
      clock.advance(A_MINUTE);
      String why =
          "cannot send a datagram to localhost:"
              + receiver.getLocalPort()
              + ": localhost cannot be resolved: is server right, and does DNS work?";
      assertThat(sink.deliver(events.next(2)))
          .isEqualTo(DeliveryResult.unavailable(0, List.of(), why));
      assertThat(sink.check()).isEqualTo(Health.degraded(why));
      known[0] = true;
      sink.connect();
      assertThat(sink.deliver(events.next(1))).isEqualTo(DeliveryResult.delivered(1));
      receive();
    }
  }

  @Test
  void absentReceiverIsNoticedIfItsMachineReportsIt() throws Exception {
    TestingEvents events = new TestingEvents("sentence");
    try (SyslogSink sink =
        new SyslogSink(new TestingSinkContext(Clock.system(), folder), config())) {
      sink.connect();
      int port = receiver.getLocalPort();
      receiver.close();
      DeliveryResult result = DeliveryResult.delivered(1);
      for (int i = 0; i < 1000 && result.retry().isEmpty(); i++) {
        result = sink.deliver(events.next(1));
      }
      String why = "nothing listens at localhost:" + port + ": is the port right?";
      assertThat(result).isEqualTo(DeliveryResult.unavailable(0, List.of(), why));
      assertThat(sink.check()).isEqualTo(Health.degraded(why));
      for (int i = 0; i < 3; i++) { // and loses no more
        sink.connect();
        assertThat(sink.deliver(events.next(2))).isEqualTo(result);
      }
      sink.connect();
      receiver = new DatagramSocket(port, InetAddress.getByName("localhost"));
      assertThat(sink.deliver(events.next(1))).isEqualTo(DeliveryResult.delivered(1));
      assertThat(sink.check().isUp()).isTrue();
      receive();
    }
  }
}
