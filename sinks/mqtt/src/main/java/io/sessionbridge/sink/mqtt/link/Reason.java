package io.sessionbridge.sink.mqtt.link;

import java.util.HexFormat;

/** The reason codes of MQTT 5 (2.4) that concern a publisher. */
public final class Reason {

  public static final int SUCCESS = 0x00;
  public static final int NO_SUBSCRIBER = 0x10;
  public static final int FAILED = 0x80;
  public static final int WRONG_VERSION = 0x84;
  public static final int BAD_CLIENT_ID = 0x85;
  public static final int BAD_LOGIN = 0x86;
  public static final int NOT_AUTHORIZED = 0x87;
  public static final int SERVER_UNAVAILABLE = 0x88;
  public static final int SERVER_BUSY = 0x89;
  public static final int BANNED = 0x8A;
  public static final int SHUTTING_DOWN = 0x8B;
  public static final int KEEP_ALIVE = 0x8D;
  public static final int TAKEN_OVER = 0x8E;
  public static final int BAD_TOPIC = 0x90;
  public static final int RECEIVE_MAXIMUM = 0x93;
  public static final int PACKET_TOO_LARGE = 0x95;
  public static final int RATE_TOO_HIGH = 0x96;
  public static final int QUOTA = 0x97;
  public static final int BAD_PAYLOAD = 0x99;
  public static final int NO_RETAIN = 0x9A;
  public static final int NO_SUCH_QOS = 0x9B;
  public static final int CONNECTION_RATE = 0x9F;

  private Reason() {}

  public static boolean isFailure(int reason) {
    return reason >= FAILED;
  }

  /** Whether only this publication is at fault, so that the next one may succeed. */
  public static boolean isOfOne(int reason) {
    return reason == PACKET_TOO_LARGE || reason == BAD_PAYLOAD;
  }

  /** The code as written in the specification. */
  public static String code(int reason) {
    return "0x" + HexFormat.of().withUpperCase().toHexDigits((byte) reason);
  }
}
