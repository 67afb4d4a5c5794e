package io.sessionbridge.windows.session.decode;

import com.sun.jna.Pointer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** The address that a remote client reports: {@code WTS_CLIENT_ADDRESS}, a family and 20 bytes. */
public final class ClientAddress {

  static final int SIZE = 24;

  /** {@code winsock2.h}; 23 is specific to Windows. */
  private static final int AF_INET = 2;

  private static final int AF_INET6 = 23;

  /**
   * A two-byte port comes first. The documentation states this for version 4 only; for version 6,
   * fe80::b33f arrived as 0, 0, 254, 128, ... according to mhammond/pywin32#664.
   */
  private static final int ADDRESS = 6;

  private ClientAddress() {}

  /** For instance {@code 192.0.2.7} or {@code 2001:db8:0:0:0:0:0:7}; empty at the console. */
  public static Optional<String> of(Pointer data, long length) {
    if (length < SIZE) {
      return Optional.empty();
    }
    return switch (data.getInt(0)) {
      case AF_INET -> text(data.getByteArray(ADDRESS, 4));
      case AF_INET6 -> text(data.getByteArray(ADDRESS, 16));
      default -> Optional.empty();
    };
  }

  private static Optional<String> text(byte[] address) {
    try {
      InetAddress known = InetAddress.getByAddress(address);
      return known.isAnyLocalAddress() ? Optional.empty() : Optional.of(known.getHostAddress());
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of " + address.length + " bytes", e);
    }
  }
}
