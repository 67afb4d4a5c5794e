package io.sessionbridge.windows.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.windows.SessionChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BufferedEventsTest {

  private final BufferedEvents events = new BufferedEvents(Optional::empty, () -> {});
  private final List<String> received = new ArrayList<>();

  private final class Listener implements ServiceListener {
    @Override
    public void received(ServiceEvent event) {
      received.add(event.toString());
    }

    @Override
    public void lost(long count) {
      received.add("lost " + count);
    }
  }

  private static ServiceEvent lock(long session) {
    return new ServiceEvent.SessionChanged(new SessionChange(7, session));
  }

  @Test
  void keepsWhatNobodyHears() {
    events.publish(lock(1));
    events.publish(lock(2));
    try (ServiceEvents.Subscription subscription = events.subscribe(new Listener())) {
      assertThat(subscription).isNotNull();
      events.publish(lock(3));
    }
    events.publish(lock(4));
    assertThat(received)
        .containsExactly(lock(1).toString(), lock(2).toString(), lock(3).toString());
  }

  @Test
  void saysHowManyItCouldNotKeep() {
    for (int i = 0; i < BufferedEvents.CAPACITY + 3; i++) {
      events.publish(lock(i));
    }
    events.subscribe(new Listener());
    assertThat(received)
        .hasSize(BufferedEvents.CAPACITY + 1)
        .startsWith("lost 3", lock(0).toString());
  }

  @Test
  void aListenerThatFailsKeepsNothingFromTheOthers() {
    events.subscribe(
        event -> {
          throw new IllegalStateException("the listener fails");
        });
    events.subscribe(new Listener());
    events.publish(lock(1));
    events.publish(lock(2));
    assertThat(received).hasSize(2);
  }
}
