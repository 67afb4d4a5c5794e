package io.sessionbridge.windows;

/** Says what the error codes mean that a session program meets ({@code winerror.h}). */
public final class ErrorCode {

  public static final int NONE = 0;
  public static final int ACCESS_DENIED = 5;
  public static final int RPC_S_INVALID_BINDING = 1702;
  public static final int RPC_S_SERVER_UNAVAILABLE = 1722;
  public static final int CTX_WINSTATION_NOT_FOUND = 7022;

  private ErrorCode() {}

  /** For instance {@code error 1722: the Remote Desktop Services do not answer}. */
  public static String text(int code) {
    return "error " + code + meaning(code);
  }

  private static String meaning(int code) {
    return switch (code) {
      case NONE -> ", no reason given";
      case ACCESS_DENIED -> ": access is denied";
      case RPC_S_INVALID_BINDING -> ": the Remote Desktop Services are not ready or disabled";
      case RPC_S_SERVER_UNAVAILABLE -> ": the Remote Desktop Services do not answer";
      case CTX_WINSTATION_NOT_FOUND -> ": there is no such session";
      default -> "";
    };
  }
}
