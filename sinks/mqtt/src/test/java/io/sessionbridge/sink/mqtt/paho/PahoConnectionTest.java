package io.sessionbridge.sink.mqtt.paho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.sink.mqtt.link.Ending;
import io.sessionbridge.sink.mqtt.link.LinkException;
import io.sessionbridge.sink.mqtt.link.OpenSocket;
import io.sessionbridge.sink.mqtt.link.Reason;
import io.sessionbridge.tcp.Deadline;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The callbacks of Paho, in the orders in which they occur. */
final class PahoConnectionTest {

  private static final Ending TAKEN_OVER = new Ending.Refused(Reason.TAKEN_OVER, Optional.empty());

  private final List<Ending> lost = new ArrayList<>();
  private final PahoConnection<Boolean> connection =
      new PahoConnection<>(
          new OpenSocket(
              new Socket(), InputStream.nullInputStream(), OutputStream.nullOutputStream()),
          lost::add);

  private static Deadline deadline() {
    return new Deadline(Clock.system(), Duration.ofSeconds(10));
  }

  @Test
  void endIsReportedOnce() throws Exception {
    connection.connected(true);
    assertThat(connection.await(deadline())).isTrue();
    connection.over(TAKEN_OVER);
    connection.over(new Ending.Silent());
    assertThat(lost).containsExactly(TAKEN_OVER);
  }

  @Test
  void intendedEndIsNotReported() {
    connection.connected(true);
    connection.abort();
    connection.over(TAKEN_OVER);
    assertThat(lost).isEmpty();
  }

  /** Paho stops its callbacks before the one with the CONNACK. */
  @Test
  void endRightAfterTheConnackIsNotWaitedFor() {
    connection.over(TAKEN_OVER);
    LinkException failure =
        catchThrowableOfType(LinkException.class, () -> connection.await(deadline()));
    assertThat(failure.ending()).isEqualTo(TAKEN_OVER);
    assertThat(lost).as("there was nothing to lose").isEmpty();
  }
}
