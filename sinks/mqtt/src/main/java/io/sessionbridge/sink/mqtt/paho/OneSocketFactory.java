package io.sessionbridge.sink.mqtt.paho;

import io.sessionbridge.sink.mqtt.link.OpenSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import javax.net.SocketFactory;

/** Returns one socket, once: a client must not open a second connection. */
final class OneSocketFactory extends SocketFactory {

  private final OpenSocket socket;
  private boolean given;

  OneSocketFactory(OpenSocket socket) {
    this.socket = socket;
  }

  @Override
  public synchronized Socket createSocket() throws SocketException {
    if (given) {
      throw new SocketException("a second connection of one client");
    }
    given = true;
    return socket;
  }

  @Override
  public Socket createSocket(String host, int port) throws SocketException {
    return createSocket();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws SocketException {
    return createSocket();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws SocketException {
    return createSocket();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws SocketException {
    return createSocket();
  }
}
