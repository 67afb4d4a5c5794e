package io.sessionbridge.windows.driver;

import java.util.List;

/** An open driver. One thread reads; {@link #stop} may be called by any. */
public interface DriverReader extends AutoCloseable {

  /** As it was when the reader was opened, before it read anything. */
  DriverStatistics opened();

  /**
   * Waits for records.
   *
   * @return in the order of their sequences, at least one; empty after {@link #stop}
   * @throws DriverException if the driver was stopped or answers nonsense; nothing more comes
   */
  List<DriverRecord> read() throws DriverException;

  /** Ends {@link #read}, now and later. */
  void stop();

  /** Called when no thread reads any more. */
  @Override
  void close();
}
