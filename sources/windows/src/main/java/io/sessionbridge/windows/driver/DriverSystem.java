package io.sessionbridge.windows.driver;

import io.sessionbridge.windows.service.ServiceState;
import io.sessionbridge.windows.session.calls.CallException;
import java.util.Optional;

/** The Windows calls of the driver's reader. An interface so that tests can simulate the driver. */
interface DriverSystem {

  /** Opens the device. */
  Device open() throws CallException;

  /**
   * The state of the driver's service; empty if it does not exist, or Windows does not report it.
   */
  Optional<ServiceState> service();

  /** The open device. Only {@link #stop} may be called while another call is in progress. */
  interface Device extends AutoCloseable {

    /**
     * Sends a request that is answered immediately.
     *
     * @param room size of the answer
     */
    byte[] request(int code, byte[] input, int room) throws CallException;

    /** Waits for an answer; empty after {@link #stop}. */
    Optional<byte[]> await(int code, int room) throws CallException;

    /** Ends current and future calls of {@link #await}. */
    void stop();

    @Override
    void close();
  }
}
