package io.sessionbridge.sink.mqtt;

import java.util.HexFormat;

/** The reason codes of MQTT 5 (2.4) that mean something to a publisher. */
final class Reason {

  static final int SUCCESS = 0x00;
  static final int NO_SUBSCRIBER = 0x10;
  static final int FAILED = 0x80;
  static final int WRONG_VERSION = 0x84;
  static final int BAD_CLIENT_ID = 0x85;
  static final int BAD_LOGIN = 0x86;
  static final int NOT_AUTHORIZED = 0x87;
  static final int SERVER_UNAVAILABLE = 0x88;
  static final int SERVER_BUSY = 0x89;
  static final int BANNED = 0x8A;
  static final int SHUTTING_DOWN = 0x8B;
  static final int KEEP_ALIVE = 0x8D;
  static final int TAKEN_OVER = 0x8E;
  static final int BAD_TOPIC = 0x90;
  static final int RECEIVE_MAXIMUM = 0x93;
  static final int PACKET_TOO_LARGE = 0x95;
  static final int RATE_TOO_HIGH = 0x96;
  static final int QUOTA = 0x97;
  static final int BAD_PAYLOAD = 0x99;
  static final int NO_RETAIN = 0x9A;
  static final int NO_SUCH_QOS = 0x9B;
  static final int CONNECTION_RATE = 0x9F;

  private Reason() {}

  static boolean isFailure(int reason) {
    return reason >= FAILED;
  }

  /** Whether the fault is in the one publication, so that the next may do well. */
  static boolean isOfOne(int reason) {
    return reason == PACKET_TOO_LARGE || reason == BAD_PAYLOAD;
  }

  /** As the specification writes it. */
  static String code(int reason) {
    return "0x" + HexFormat.of().withUpperCase().toHexDigits((byte) reason);
  }
}
