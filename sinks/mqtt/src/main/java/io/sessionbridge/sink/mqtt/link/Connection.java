package io.sessionbridge.sink.mqtt.link;

import io.sessionbridge.clock.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A link and its state. Used by the sink's thread; the end comes from another one. */
public final class Connection implements Link.Watcher {

  private final Clock clock;
  private final Clock.Signal changed;
  private final Runnable onEnd;
  private @Nullable Link link;
  private volatile @Nullable Ending ending;

  /**
   * @param onEnd called once when the connection ends unexpectedly, on a thread of the client
   *     library; must not block
   */
  public Connection(Clock clock, Runnable onEnd) {
    this.clock = clock;
    this.changed = clock.signal();
    this.onEnd = onEnd;
  }

  public void begin(Link established) {
    link = established;
  }

  public Link link() {
    Link established = link;
    if (established == null) {
      throw new IllegalStateException("not established");
    }
    return established;
  }

  public Clock clock() {
    return clock;
  }

  /** Raised when the connection ends; a {@code PublishWindow} also raises it. */
  public Clock.Signal changed() {
    return changed;
  }

  /** Why it ended unexpectedly; empty if it has not. */
  public Optional<Ending> ending() {
    return Optional.ofNullable(ending);
  }

  public boolean isOver() {
    return ending != null;
  }

  @Override
  public void lost(Ending why) {
    ending = why;
    changed.raise();
    onEnd.run();
  }
}
