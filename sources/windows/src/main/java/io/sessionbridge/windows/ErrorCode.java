package io.sessionbridge.windows;

/** Describes Windows error codes that session programs encounter ({@code winerror.h}). */
public final class ErrorCode {

  public static final int NONE = 0;
  public static final int ACCESS_DENIED = 5;
  public static final int INVALID_LEVEL = 124;
  public static final int PROC_NOT_FOUND = 127;
  public static final int INVALID_SERVICE_CONTROL = 1052;
  public static final int SERVICE_REQUEST_TIMEOUT = 1053;
  public static final int SERVICE_DATABASE_LOCKED = 1055;
  public static final int SERVICE_ALREADY_RUNNING = 1056;
  public static final int SERVICE_DOES_NOT_EXIST = 1060;
  public static final int SERVICE_CANNOT_ACCEPT_CONTROL = 1061;
  public static final int SERVICE_NOT_ACTIVE = 1062;
  public static final int SERVICE_MARKED_FOR_DELETE = 1072;
  public static final int SERVICE_EXISTS = 1073;
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
      case SERVICE_REQUEST_TIMEOUT -> ": the service did not answer in time";
      case SERVICE_DATABASE_LOCKED -> ": another program is starting or changing services";
      case SERVICE_DOES_NOT_EXIST -> ": there is no such service; install it first";
      case INVALID_SERVICE_CONTROL, SERVICE_CANNOT_ACCEPT_CONTROL ->
          ": the service is starting or stopping";
      case SERVICE_MARKED_FOR_DELETE ->
          ": it is marked for deletion; close the programs that show services, or restart Windows";
      case INVALID_LEVEL -> ": this version of Windows lacks the setting";
      case PROC_NOT_FOUND -> ": this version of Windows lacks the function";
      case RPC_S_INVALID_BINDING -> ": the Remote Desktop Services are not ready or disabled";
      case RPC_S_SERVER_UNAVAILABLE -> ": the Remote Desktop Services do not answer";
      case CTX_WINSTATION_NOT_FOUND -> ": there is no such session";
      default -> "";
    };
  }
}
