package io.sessionbridge.sink.mqtt;

import io.sessionbridge.clock.Clock;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** The end of the time for something that has several steps. */
final class Deadline {

  private final Clock clock;
  private final long end;

  Deadline(Clock clock, Duration time) {
    this.clock = clock;
    this.end = clock.nanoTime() + time.toNanos();
  }

  /** Not negative. */
  Duration left() {
    return Duration.ofNanos(Math.max(0, end - clock.nanoTime()));
  }

  /** As sockets want it, where 0 would mean for ever. */
  int leftMillis() throws SocketTimeoutException {
    long millis = left().toMillis();
    if (millis == 0) {
      throw new SocketTimeoutException("no time left");
    }
    return Math.toIntExact(millis);
  }

  /** Makes the next read of the socket end in time. */
  void hold(Socket socket) throws SocketException, SocketTimeoutException {
    socket.setSoTimeout(leftMillis());
  }
}
