package io.sessionbridge.spi;

import io.sessionbridge.clock.Clock;
import java.nio.file.Path;

/** The environment of a source. Safe for use by several threads, with everything it returns. */
@Stable
public interface SourceContext {

  /** The entry's id in the configuration. */
  String id();

  /** The name of the type. */
  String type();

  /** Where the source's observations go. */
  Intake intake();

  Clock clock();

  /** This machine. */
  Host host();

  /** This source's own folder below the data directory; exists before start is called. */
  Path dataFolder();

  Metrics metrics();

  /**
   * Requests the agent to stop, for a source through which the system requests that. Returns at
   * once. The source is closed in the process, after the events that it emitted are durable.
   *
   * @param reason one sentence for the log
   */
  void requestStop(String reason);

  /**
   * Reports that a thread of this source ended although the source is open. The core logs it, shows
   * the source as down, closes it, and creates another one as after a failed start. Any thread;
   * returns at once.
   *
   * @param cause why the thread ended
   */
  default void threadEnded(Throwable cause) {}
}
