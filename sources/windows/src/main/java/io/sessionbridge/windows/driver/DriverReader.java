package io.sessionbridge.windows.driver;

import java.util.List;

/** An open driver. One thread reads; any thread may call {@link #stop}. */
public interface DriverReader extends AutoCloseable {

  /** The statistics at the time of the open, before the first read. */
  DriverStatistics opened();

  /**
   * Waits for records.
   *
   * @return at least one record, in order; empty after {@link #stop}
   * @throws DriverException if the driver was stopped or its answer is invalid; no more records
   *     come
   */
  List<DriverRecord> read() throws DriverException;

  /** Ends current and future calls of {@link #read}. */
  void stop();

  /** To be called once no thread is reading. */
  @Override
  void close();
}
