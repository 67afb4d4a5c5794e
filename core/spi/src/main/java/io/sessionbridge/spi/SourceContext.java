package io.sessionbridge.spi;

import io.sessionbridge.clock.Clock;
import java.nio.file.Path;

/** What the core gives a source. Everything in it is safe for use by several threads. */
@Stable
public interface SourceContext {

  /** The entry's id in the configuration. */
  String id();

  /** The type's name. */
  String type();

  /** Where the source's observations go. */
  Intake intake();

  Clock clock();

  /** This machine. */
  Host host();

  /** A folder of this source's own, below the data directory; it exists once start is called. */
  Path dataFolder();

  Metrics metrics();

  /**
   * Asks the agent to stop, for a source through which the system asks a program to end. Returns at
   * once. The source is closed in the process, after what it handed over is durable.
   *
   * @param reason one sentence for the log
   */
  void requestStop(String reason);

  /**
   * Reports that a thread of this source ended although the source is open. The core logs it, shows
   * the source as down, closes it, and creates another one as after a failed start. Any thread;
   * returns at once.
   *
   * @param cause what ended the thread
   */
  default void threadEnded(Throwable cause) {}
}
