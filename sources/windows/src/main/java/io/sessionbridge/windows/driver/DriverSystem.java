package io.sessionbridge.windows.driver;

import io.sessionbridge.windows.service.ServiceState;
import io.sessionbridge.windows.session.calls.CallException;
import java.util.Optional;

/**
 * What the reader of the driver asks of Windows. A seam, so that a test plays the driver where
 * there is none.
 */
interface DriverSystem {

  /** Opens the device. */
  Device open() throws CallException;

  /** Of the driver's service; empty if there is no such service, or Windows does not tell. */
  Optional<ServiceState> service();

  /** The open device. Only {@link #stop} may be called while another call runs. */
  interface Device extends AutoCloseable {

    /**
     * Asks what is answered at once.
     *
     * @param room for the answer
     */
    byte[] ask(int code, byte[] input, int room) throws CallException;

    /** Waits for the answer; empty after {@link #stop}. */
    Optional<byte[]> await(int code, int room) throws CallException;

    /** Ends {@link #await}, now and later. */
    void stop();

    @Override
    void close();
  }
}
