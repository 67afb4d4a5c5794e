package io.sessionbridge.sink.kafka;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.sessionbridge.testkit.HostilePeer;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** Behaves like a broker up to a certain request. */
final class HostileBroker {

  static final int PRODUCE = 0;
  static final int METADATA = 3;
  static final int SASL_HANDSHAKE = 17;
  static final int API_VERSIONS = 18;
  static final int INIT_PRODUCER_ID = 22;
  static final int SASL_AUTHENTICATE = 36;

  private HostileBroker() {}

  /** A broker that answers ApiVersions and Metadata and nothing else. */
  static HostilePeer.Behaviour advertising(String host, int port) {
    return broker(host, new int[] {port}, -1, new byte[0], new AtomicInteger());
  }

  /**
   * A broker that answers all requests of a login.
   *
   * @param hostileAt of which request the client, not the probe, gets something else
   * @param says what it gets
   * @param turned counts these
   */
  static HostilePeer.Behaviour broker(
      String host, int[] port, int hostileAt, byte[] says, AtomicInteger turned) {
    return (in, out, closing) -> {
      DataInputStream requests = new DataInputStream(in);
      DataOutputStream framed = new DataOutputStream(out);
      while (true) {
        byte[] request = requests.readNBytes(requests.readInt());
        int api = request[1];
        boolean ofProbe = new String(request, ISO_8859_1).contains("sessionbridge-probe");
        if (api == hostileAt && !ofProbe) {
          turned.incrementAndGet();
          framed.write(says);
          continue;
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream answer = new DataOutputStream(body);
        answer.write(request, 4, 4);
        switch (api) {
          case API_VERSIONS -> writeVersions(answer, request[3]);
          case SASL_HANDSHAKE -> {
            answer.writeShort(0);
            answer.writeInt(1);
            answer.writeUTF("PLAIN");
          }
          case SASL_AUTHENTICATE -> {
            answer.writeShort(0);
            answer.writeShort(-1);
            answer.writeInt(0);
          }
          default -> {
            answer.writeInt(1);
            answer.writeInt(7);
            answer.writeUTF(host);
            answer.writeInt(port[0]);
            answer.writeShort(-1);
            answer.writeInt(7);
            answer.writeInt(0);
          }
        }
        framed.writeInt(body.size());
        framed.write(body.toByteArray());
      }
    };
  }

  /** In version 0, which a broker also sends to a client whose version it does not know. */
  private static void writeVersions(DataOutputStream answer, int version) throws IOException {
    int unsupported = 35;
    answer.writeShort(version == 0 ? 0 : unsupported);
    int[][] versions = {
      {PRODUCE, 3, 9},
      {METADATA, 0, 1},
      {SASL_HANDSHAKE, 0, 1},
      {API_VERSIONS, 0, 0},
      {INIT_PRODUCER_ID, 0, 1},
      {SASL_AUTHENTICATE, 0, 0}
    };
    answer.writeInt(versions.length);
    for (int[] api : versions) {
      for (int number : api) {
        answer.writeShort(number);
      }
    }
  }
}
