package io.sessionbridge.sink.syslog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.teragrep.net_01.channel.socket.PlainFactory;
import com.teragrep.net_01.eventloop.EventLoop;
import com.teragrep.net_01.eventloop.EventLoopFactory;
import com.teragrep.net_01.server.Server;
import com.teragrep.net_01.server.ServerFactory;
import com.teragrep.rlp_01.RelpBatch;
import com.teragrep.rlp_01.RelpConnection;
import com.teragrep.rlp_03.frame.FrameDelegationClockFactory;
import com.teragrep.rlp_03.frame.delegate.DefaultFrameDelegate;
import io.sessionbridge.clock.Clock;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.testkit.TestingConfig;
import io.sessionbridge.testkit.TestingEvents;
import io.sessionbridge.testkit.TestingSinkContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** RELP as others have written it: their server takes our messages, and our receiver theirs. */
@Timeout(60)
class RelpOracleTest {

  private static final String EVIL = "k\"i\\m]ü漢😀[a=\"b\"]";

  @TempDir Path folder;
  private final TestingEvents events = new TestingEvents("sentence");

  private List<EncodedEvent> evilAndMore(int count) {
    List<EncodedEvent> all = new ArrayList<>();
    all.add(events.next(TestingEvents.data(Kind.LOGON).put(Field.USER_NAME, EVIL).build()));
    all.addAll(events.next(count - 1));
    return all;
  }

  @Test
  void theirServerTakesOurMessages() throws Exception {
    List<String> messages = new CopyOnWriteArrayList<>();
    int port = TestingDaemon.freePort();
    ExecutorService worker = Executors.newSingleThreadExecutor();
    EventLoop eventLoop = new EventLoopFactory().create();
    Thread selecting = new Thread(eventLoop, "teragrep");
    selecting.start();
    ServerFactory servers =
        new ServerFactory(
            eventLoop,
            worker,
            new PlainFactory(),
            new FrameDelegationClockFactory(
                () ->
                    new DefaultFrameDelegate(
                        frame ->
                            messages.add(
                                new String(frame.relpFrame().payload().toBytes(), UTF_8)))));
    String yaml = "{server: \"localhost:" + port + "\", transport: relp, enterprise_number: 32473}";
    List<EncodedEvent> all = evilAndMore(2000);
    Server server = servers.create(port);
    try (SyslogSink sink =
        new SyslogSink(
            new TestingSinkContext(Clock.system(), folder),
            TestingConfig.read(SyslogSinkConfig.SPEC, yaml))) {
      sink.connect();
      assertThat(sink.deliver(all.subList(0, 1))).isEqualTo(DeliveryResult.delivered(1));
      assertThat(sink.deliver(all.subList(1, 2000))).isEqualTo(DeliveryResult.delivered(1999));
      sink.present(new TestingSinkContext(Clock.system(), folder).state().now());
      assertThat(sink.check().isUp()).isTrue();
    } finally {
      server.close();
      eventLoop.stop();
      selecting.join();
      worker.shutdownNow();
    }
    assertThat(TestingReceiver.ids(messages)).isEqualTo(TestingEvents.ids(all));
    assertThat(TestingMessage.parse(messages.get(0)).data().get("sessionbridge@32473"))
        .containsEntry("user_name", EVIL);
  }

  @Test
  void ourReceiverTakesTheirMessages() throws Exception {
    SyslogSinkConfig config =
        TestingConfig.read(SyslogSinkConfig.SPEC, "{server: \"unused:1\", transport: relp}");
    Rfc5424 encoder = Rfc5424.of(config);
    List<EncodedEvent> all = evilAndMore(500);
    RelpBatch batch = new RelpBatch();
    for (EncodedEvent event : all) {
      long unused = batch.insert(encoder.encode(event));
    }
    try (TestingReceiver receiver = TestingReceiver.plain(TestingReceiver.Protocol.RELP)) {
      RelpConnection client = new RelpConnection();
      client.setReadTimeout(5000);
      assertThat(client.connect("localhost", receiver.port())).isTrue();
      client.commit(batch);
      assertThat(batch.verifyTransactionAll()).isTrue();
      assertThat(client.disconnect()).isTrue();
      receiver.awaitClosedInOrder(1);
      assertThat(receiver.errors()).isEmpty();
      assertThat(receiver.awaitIds(500)).isEqualTo(TestingEvents.ids(all));
    }
  }
}
