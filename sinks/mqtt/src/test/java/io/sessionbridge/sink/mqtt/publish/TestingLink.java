package io.sessionbridge.sink.mqtt.publish;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.sink.mqtt.link.Connection;
import io.sessionbridge.sink.mqtt.link.Ending;
import io.sessionbridge.sink.mqtt.link.Limits;
import io.sessionbridge.sink.mqtt.link.Link;
import io.sessionbridge.sink.mqtt.link.LinkException;
import io.sessionbridge.sink.mqtt.link.Publication;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/** A link that records publications, and answers when and how the test decides. */
final class TestingLink implements Link {

  final List<Publication> published = new ArrayList<>();
  private final List<PublishCallback> fates = new ArrayList<>();
  private final Limits limits;
  private IntConsumer onPublish = place -> {};
  private Optional<Ending> failure = Optional.empty();

  TestingLink(int inFlight, long packetBytes) {
    this.limits = new Limits(inFlight, packetBytes, 1, true);
  }

  /** A connection over this link that reports its end to nobody. */
  Connection connection() {
    Connection connection = new Connection(Clock.system(), () -> {});
    connection.begin(this);
    return connection;
  }

  /** Called with the number of each sent publication, on the sending thread. */
  TestingLink onPublish(IntConsumer action) {
    onPublish = action;
    return this;
  }

  /** Makes every further publish fail. */
  void refuseToSend(Ending why) {
    failure = Optional.of(why);
  }

  void answer(int place, int reason) {
    fates.get(place).answered(reason);
  }

  void forget(int place) {
    fates.get(place).unknown();
  }

  @Override
  public Limits limits() {
    return limits;
  }

  @Override
  public void publish(Publication publication, PublishCallback callback) throws LinkException {
    if (failure.isPresent()) {
      throw new LinkException(failure.get());
    }
    published.add(publication);
    fates.add(callback);
    onPublish.accept(published.size() - 1);
  }

  @Override
  public void disconnect(Duration atMost) {}

  @Override
  public void abort() {}
}
