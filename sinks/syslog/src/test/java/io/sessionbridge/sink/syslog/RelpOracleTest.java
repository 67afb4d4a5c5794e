package io.sessionbridge.sink.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import com.teragrep.rlp_01.RelpBatch;
import com.teragrep.rlp_01.RelpConnection;
import io.sessionbridge.clock.Clock;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.testkit.TestingConfig;
import io.sessionbridge.testkit.TestingEvents;
import io.sessionbridge.testkit.TestingSinkContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Checks the test receiver, on which most tests rely, with an independent RELP client. The sink
 * itself is tested with rsyslog.
 */
@Timeout(60)
class RelpOracleTest {

  private static final String EVIL = "k\"i\\m]ü漢😀[a=\"b\"]";

  private final TestingEvents events = new TestingEvents("sentence");

  private List<EncodedEvent> evilAndMore(int count) {
    List<EncodedEvent> all = new ArrayList<>();
    all.add(events.next(TestingEvents.data(Kind.LOGON).put(Field.USER_NAME, EVIL).build()));
    all.addAll(events.next(count - 1));
    return all;
  }

  @Test
  void ourReceiverAcceptsTheirMessages() throws Exception {
    SyslogSinkConfig config =
        TestingConfig.read(SyslogSinkConfig.SPEC, "{server: \"unused:1\", transport: relp}");
    MessageEncoder encoder = encoder(config);
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

  private static MessageEncoder encoder(SyslogSinkConfig config) {
    return MessageEncoder.of(config, new TestingSinkContext(Clock.system(), Path.of("unused")));
  }
}
