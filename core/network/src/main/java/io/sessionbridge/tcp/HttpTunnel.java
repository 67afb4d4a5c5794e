package io.sessionbridge.tcp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.Socket;
import java.util.Base64;

/** Opens a tunnel to the server through an HTTP proxy (RFC 9110, 9.3.6). */
final class HttpTunnel {

  private final HttpProxy proxy;

  HttpTunnel(HttpProxy proxy) {
    this.proxy = proxy;
  }

  /** Returns the same socket, now connected to the server. */
  Socket open(Socket socket, HostPort server) throws IOException {
    StringBuilder request = new StringBuilder();
    request.append("CONNECT ").append(server).append(" HTTP/1.1\r\n");
    request.append("Host: ").append(server).append("\r\n");
    if (proxy.login().isPresent()) {
      request.append("Proxy-Authorization: Basic ").append(basic(proxy.login().get()));
      request.append("\r\n");
    }
    socket.getOutputStream().write(request.append("\r\n").toString().getBytes(UTF_8));
    HttpHead answer = HttpHead.read(socket.getInputStream());
    if (answer.code() / 100 != 2) {
      throw new HttpHead.RefusedException(answer.status());
    }
    return socket;
  }

  private static String basic(HttpProxy.Login login) throws IOException {
    String both = login.username() + ":" + login.passwordFile().read();
    return Base64.getEncoder().encodeToString(both.getBytes(UTF_8));
  }
}
