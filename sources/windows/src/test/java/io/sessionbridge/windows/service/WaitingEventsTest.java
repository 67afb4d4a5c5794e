package io.sessionbridge.windows.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.windows.SessionChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WaitingEventsTest {

  private final WaitingEvents events = new WaitingEvents(Optional::empty, () -> {});
  private final List<String> heard = new ArrayList<>();

  private final class Listener implements ServiceListener {
    @Override
    public void heard(ServiceEvent event) {
      heard.add(event.toString());
    }

    @Override
    public void lost(long count) {
      heard.add("lost " + count);
    }
  }

  private static ServiceEvent lock(long session) {
    return new ServiceEvent.SessionChanged(new SessionChange(7, session));
  }

  @Test
  void keepsWhatNobodyHears() {
    events.tell(lock(1));
    events.tell(lock(2));
    try (ServiceEvents.Subscription subscription = events.subscribe(new Listener())) {
      assertThat(subscription).isNotNull();
      events.tell(lock(3));
    }
    events.tell(lock(4));
    assertThat(heard).containsExactly(lock(1).toString(), lock(2).toString(), lock(3).toString());
  }

  @Test
  void saysHowManyItCouldNotKeep() {
    for (int i = 0; i < WaitingEvents.WAITING + 3; i++) {
      events.tell(lock(i));
    }
    events.subscribe(new Listener());
    assertThat(heard).hasSize(WaitingEvents.WAITING + 1).startsWith("lost 3", lock(0).toString());
  }

  @Test
  void aListenerThatFailsKeepsNothingFromTheOthers() {
    events.subscribe(
        event -> {
          throw new IllegalStateException("the listener fails");
        });
    events.subscribe(new Listener());
    events.tell(lock(1));
    events.tell(lock(2));
    assertThat(heard).hasSize(2);
  }
}
