package io.sessionbridge.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.Sink;
import io.sessionbridge.spi.SinkContext;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TestingSinkTest extends SinkContract {

  private final TestingSinkFactory factory = new TestingSinkFactory();
  private final TestingSink peer = factory.sink("dst");
  private Optional<String> refusedId = Optional.empty();

  TestingSinkTest() {
    peer.rejectIf(event -> refusedId.filter(event.id()::equals).isPresent(), "not allowed here");
  }

  @Override
  protected Sink create(SinkContext context) {
    return factory.create(context, TestingConfig.read(factory.config(), "{}"));
  }

  @Override
  protected List<String> received() {
    return TestingEvents.ids(peer.delivered());
  }

  @Override
  protected void breakPeer() {
    peer.down("nobody answers");
  }

  @Override
  protected void healPeer() {
    peer.up();
  }

  @Override
  protected EncodedEvent refused(TestingEvents from) {
    EncodedEvent event = from.next(1).get(0);
    refusedId = Optional.of(event.event().id());
    return event;
  }

  @Test
  void settlesWhatItHasRoomFor() throws Exception {
    List<EncodedEvent> batch = new TestingEvents("json").next(3);
    peer.connect();
    peer.room(2);
    DeliveryResult result = peer.deliver(batch);
    assertThat(result).isEqualTo(DeliveryResult.failed(2, List.of(), "no more room"));
    assertThat(peer.delivered()).isEqualTo(batch.subList(0, 2));
  }
}
