package io.sessionbridge.bridge;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes components in reverse order; a failure does not prevent the next close. One thread. */
final class CloseStack implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CloseStack.class);

  private record Part(String name, AutoCloseable closing) {}

  private final Deque<Part> parts = new ArrayDeque<>();

  /** Adds a component, to be closed before those added earlier. */
  void push(String name, AutoCloseable closing) {
    parts.push(new Part(name, closing));
  }

  @Override
  public void close() {
    while (!parts.isEmpty()) {
      Part part = parts.pop();
      try {
        LOG.debug("closing {}", part.name());
        part.closing().close();
      } catch (Exception | Error e) {
        if (e instanceof InterruptedException) {
          Thread.currentThread().interrupt();
        }
        LOG.warn("{} could not be closed cleanly", part.name(), e);
      }
    }
  }
}
