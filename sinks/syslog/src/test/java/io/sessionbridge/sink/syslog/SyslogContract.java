package io.sessionbridge.sink.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.Sink;
import io.sessionbridge.spi.SinkContext;
import io.sessionbridge.testkit.SinkContract;
import io.sessionbridge.testkit.TcpFaultProxy;
import io.sessionbridge.testkit.TestingConfig;
import io.sessionbridge.testkit.TestingEvents;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * The contract of every sink, with one transport to the strict receiver. The receiver is shared by
 * all tests of a class, because threads that start during a test count as the sink's.
 */
abstract class SyslogContract extends SinkContract {

  static TestingReceiver receiver;
  static TcpFaultProxy proxy;

  private final int[] settled = {0};

  static void use(TestingReceiver fresh) throws Exception {
    receiver = fresh;
    proxy = TcpFaultProxy.before("localhost", fresh.port());
  }

  @AfterAll
  static void stop() throws Exception {
    proxy.close();
    receiver.close();
  }

  /** The keys of the entry besides the server. */
  abstract String keys();

  @BeforeEach
  final void forget() {
    receiver.clear();
    settled[0] = 0;
  }

  @AfterEach
  final void nothingWasWrong() {
    assertThat(receiver.errors())
        .allMatch(error -> error.equals("the stream ended inside a frame"));
  }

  @Override
  protected Sink create(SinkContext context) {
    String yaml = "{server: \"localhost:" + proxy.port() + "\", timeout: 5s, " + keys() + "}";
    SyslogSinkConfig config = TestingConfig.read(SyslogSinkConfig.SPEC, yaml);
    return new CountedSink(new SyslogSink(context, config), settled);
  }

  @Override
  protected String format() {
    return "sentence";
  }

  @Override
  protected List<String> received() throws Exception {
    return receiver.awaitEvents(settled[0]);
  }

  @Override
  protected void breakPeer() {
    proxy.refuse();
  }

  @Override
  protected void healPeer() throws Exception {
    proxy.heal();
  }

  /** Its structured data alone is larger than any message. */
  @Override
  protected EncodedEvent refused(TestingEvents from) {
    return from.next(TestingEvents.data(Kind.LOCK).put(Field.REASON, "x".repeat(9000)).build());
  }
}
