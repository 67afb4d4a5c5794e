package io.sessionbridge.sink.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.Sink;
import io.sessionbridge.spi.SinkContext;
import io.sessionbridge.testkit.SinkContract;
import io.sessionbridge.testkit.TestingEvents;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ConsoleSinkTest extends SinkContract {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private boolean brokenPipe;

  @Override
  protected Sink create(SinkContext context) {
    return new ConsoleSink(
        new FilterOutputStream(out) {
          @Override
          public void write(byte[] bytes, int offset, int length) throws IOException {
            if (brokenPipe) {
              throw new IOException("Broken pipe");
            }
            out.write(bytes, offset, length);
          }
        });
  }

  @Override
  protected void breakPeer() {
    brokenPipe = true;
  }

  @Override
  protected void healPeer() {
    brokenPipe = false;
  }

  /** Only a write shows whether there is a reader. */
  @Override
  protected boolean noticesAtConnect() {
    return false;
  }

  @Override
  protected EncodedEvent refused(TestingEvents from) {
    return TestingLines.noLine(from);
  }

  @Override
  protected String format() {
    return "json";
  }

  @Override
  protected List<String> received() throws IOException {
    return TestingLines.ids(out.toByteArray());
  }

  @Test
  void namesDoNotControlTheTerminal() throws Exception {
    Sink sink = new ConsoleSink(out);
    sink.connect();
    TestingEvents events = new TestingEvents("json");
    String name = "kim\u2028\u202E\u2066";
    EncodedEvent event =
        events.next(TestingEvents.data(Kind.LOCK).put(Field.USER_NAME, name).build());
    assertThat(sink.deliver(List.of(event))).isEqualTo(DeliveryResult.delivered(1));
    assertThat(out.toString(UTF_8))
        .contains("\"user_name\":\"kim\\u2028\\u202E\\u2066\"")
        .hasLineCount(1);
  }

  @Test
  void waitsWithoutAReader() throws Exception {
    Sink sink =
        new ConsoleSink(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
              }
            });
    sink.connect();
    String message = "standard output cannot be written: Broken pipe";
    assertThat(sink.deliver(new TestingEvents("json").next(2)).retry().orElseThrow().message())
        .isEqualTo(message);
    assertThat(sink.check().detail()).isEqualTo(message);
  }
}
