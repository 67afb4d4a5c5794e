package io.sessionbridge.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.List;

/** A datagram for each message. */
final class DatagramSender implements MessageSender {

  private final DatagramChannel channel = DatagramChannel.open();
  private final List<byte[]> messages;

  DatagramSender(int port, List<byte[]> messages) throws IOException {
    this.messages = messages;
    channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  @Override
  public void send(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      channel.write(ByteBuffer.wrap(messages.get(i % messages.size())));
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
