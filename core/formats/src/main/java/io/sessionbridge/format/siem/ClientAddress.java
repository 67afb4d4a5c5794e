package io.sessionbridge.format.siem;

import com.google.common.net.InetAddresses;
import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import java.net.Inet4Address;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * The client's address, for formats that accept only valid addresses. Windows reports 0.0.0.0 if it
 * knows none.
 */
final class ClientAddress {

  private ClientAddress() {}

  /** The IP address without its zone, which no format supports; null if there is none. */
  static @Nullable String ip(EventData data) {
    InetAddress address = address(data);
    return address == null ? null : InetAddresses.toAddrString(address);
  }

  /** The IP address if it identifies a machine; null if there is none. */
  static @Nullable String identity(EventData data) {
    InetAddress address = address(data);
    return address == null || address.isLoopbackAddress() ? null : ip(data);
  }

  static @Nullable String ipv4(EventData data) {
    return address(data) instanceof Inet4Address ? ip(data) : null;
  }

  static @Nullable String ipv6(EventData data) {
    return address(data) instanceof Inet4Address ? null : ip(data);
  }

  /** The text in the event, whether an IP address or not; null for the unspecified address. */
  static @Nullable String text(EventData data) {
    InetAddress address = parsed(data);
    return address != null && address.isAnyLocalAddress() ? null : data.get(Field.CLIENT_ADDRESS);
  }

  private static @Nullable InetAddress address(EventData data) {
    InetAddress address = parsed(data);
    return address == null || address.isAnyLocalAddress() ? null : address;
  }

  private static @Nullable InetAddress parsed(EventData data) {
    String text = data.get(Field.CLIENT_ADDRESS);
    if (text == null) {
      return null;
    }
    int zone = text.indexOf('%');
    String plain = zone < 0 ? text : text.substring(0, zone);
    return InetAddresses.isInetAddress(plain) ? InetAddresses.forString(plain) : null;
  }
}
