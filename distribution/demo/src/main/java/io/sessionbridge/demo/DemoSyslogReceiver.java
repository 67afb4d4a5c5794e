package io.sessionbridge.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;

/**
 * A receiver of syslog by RELP as a program: {@code DemoSyslogReceiver FILE PORT}. With port 0 it
 * takes one that is free.
 *
 * <p>Writes each message as a line to the file, which a later start continues, and then
 * acknowledges it. Prints {@code ready PORT} once it listens, on the loopback address only. Ends as
 * {@link DemoBroker} does.
 */
public final class DemoSyslogReceiver {

  private static final String NAME = "demo syslog receiver";

  private DemoSyslogReceiver() {}

  public static void main(String[] args) {
    Program.run(NAME, () -> start(args));
  }

  private static String start(String... args) throws IOException {
    if (args.length != 2) {
      throw new IllegalArgumentException("expected FILE PORT, found " + args.length + " arguments");
    }
    int port = Numbers.port("PORT", args[1]);
    Lifeline.hold(System.in, order -> {});
    MessageFile file = MessageFile.open(Path.of(args[0]));
    ServerSocket listener = new ServerSocket();
    // The connections of a receiver that was killed do not keep the port.
    listener.setReuseAddress(true);
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    new Thread(() -> accept(listener, file), "accept").start();
    return Integer.toString(port);
  }

  private static void accept(ServerSocket listener, MessageFile file) {
    try {
      while (true) {
        Socket socket = listener.accept();
        new Thread(() -> serve(socket, file), "connection").start();
      }
    } catch (IOException e) {
      Program.fail(NAME, e);
    }
  }

  private static void serve(Socket socket, MessageFile file) {
    try (socket) {
      socket.setTcpNoDelay(true);
      new RelpServer(socket.getInputStream(), socket.getOutputStream(), file).serve();
    } catch (IOException e) {
      System.err.println(NAME + ": a connection ended: " + e.getMessage());
    }
  }
}
