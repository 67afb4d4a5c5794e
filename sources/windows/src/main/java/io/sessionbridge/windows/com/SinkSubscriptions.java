package io.sessionbridge.windows.com;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A subscriber's sinks, and which of them are stored in the event system. One thread. */
final class SinkSubscriptions {

  private final EventSystem system;
  private final SensSettings settings;
  private final List<EventSink> wanted;
  private final List<EventSink> stored = new ArrayList<>();
  private EventSystem.@Nullable Connection connection;

  /** Takes over the creator's references to the sinks. */
  SinkSubscriptions(EventSystem system, SensSettings settings, List<EventSink> sinks) {
    this.system = system;
    this.settings = settings;
    this.wanted = new ArrayList<>(sinks);
  }

  /** Stores the remaining sinks. After a failure, those already stored stay and receive events. */
  void storeAll() throws ComException {
    try {
      EventSystem.Connection open = connection == null ? system.connect() : connection;
      connection = open;
      for (EventSink sink : List.copyOf(wanted)) {
        store(open, sink);
      }
    } catch (ComException e) {
      if (Hresult.isServerGone(e.result())) {
        wanted.addAll(stored); // the event system lost them
        stored.clear();
      }
      if (stored.isEmpty()) {
        disconnect(); // reconnect at the next attempt
      }
      throw e;
    }
  }

  private void store(EventSystem.Connection open, EventSink sink) throws ComException {
    Subscription subscription = subscription(sink);
    Optional<ComException> leftover = removed(open, subscription);
    try {
      open.store(subscription, sink);
    } catch (ComException e) {
      leftover.ifPresent(e::addSuppressed);
      throw e;
    }
    wanted.remove(sink);
    stored.add(sink);
  }

  /** A failure to remove an old subscription matters only if the new one is refused. */
  private static Optional<ComException> removed(
      EventSystem.Connection open, Subscription subscription) {
    try {
      open.remove(subscription);
      return Optional.empty();
    } catch (ComException e) {
      return Optional.of(e);
    }
  }

  private Subscription subscription(EventSink sink) {
    return Subscription.of(sink.type(), settings.owner(), settings.perUser());
  }

  /**
   * Removes the stored sinks. If that fails, Windows keeps its reference, and the sink stays alive
   * so that it can be called.
   *
   * @param failures receives a sentence for each subscription that could not be removed
   */
  void removeAll(Consumer<String> failures) {
    EventSystem.Connection open = connection;
    for (EventSink sink : stored) {
      Optional<ComException> failure =
          open == null ? Optional.empty() : removed(open, subscription(sink));
      failure.ifPresent(
          e ->
              failures.accept(
                  "the subscription to %s stays until the event system or this program ends: %s"
                      .formatted(sink.type().comName(), e.getMessage())));
    }
    disconnect();
  }

  /** Releases the references. */
  void release() {
    stored.forEach(EventSink::release);
    wanted.forEach(EventSink::release);
    stored.clear();
    wanted.clear();
  }

  private void disconnect() {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }
}
