package io.sessionbridge.windows.com;

/** COM results that a subscriber encounters, and their meaning ({@code winerror.h}). */
final class Hresult {

  static final int S_OK = 0;
  static final int E_NOTIMPL = 0x8000_4001;
  static final int E_NOINTERFACE = 0x8000_4002;
  static final int E_POINTER = 0x8000_4003;
  static final int E_FAIL = 0x8000_4005;
  static final int E_UNEXPECTED = 0x8000_FFFF;
  static final int E_ACCESSDENIED = 0x8007_0005;
  static final int E_OUTOFMEMORY = 0x8007_000E;
  static final int E_INVALIDARG = 0x8007_0057;
  static final int SERVICE_DISABLED = 0x8007_0422;
  static final int SERVICE_DOES_NOT_EXIST = 0x8007_0424;
  static final int RPC_S_SERVER_UNAVAILABLE = 0x8007_06BA;
  static final int RPC_S_CALL_FAILED = 0x8007_06BE;
  static final int CO_E_SERVER_EXEC_FAILURE = 0x8008_0005;
  static final int CO_E_NOTINITIALIZED = 0x8004_01F0;
  static final int CO_E_CLASSSTRING = 0x8004_01F3;
  static final int REGDB_E_CLASSNOTREG = 0x8004_0154;
  static final int RPC_E_SERVERFAULT = 0x8001_0105;
  static final int RPC_E_CHANGED_MODE = 0x8001_0106;
  static final int RPC_E_DISCONNECTED = 0x8001_0108;
  static final int DISP_E_MEMBERNOTFOUND = 0x8002_0003;
  static final int DISP_E_TYPEMISMATCH = 0x8002_0005;
  static final int DISP_E_UNKNOWNNAME = 0x8002_0006;
  static final int DISP_E_NONAMEDARGS = 0x8002_0007;
  static final int DISP_E_BADPARAMCOUNT = 0x8002_000E;
  static final int EVENT_E_QUERYSYNTAX = 0x8004_0203;
  static final int EVENT_E_QUERYFIELD = 0x8004_0204;
  static final int EVENT_E_INTERNALEXCEPTION = 0x8004_0205;
  static final int EVENT_E_INTERNALERROR = 0x8004_0206;
  static final int EVENT_E_INVALID_PER_USER_SID = 0x8004_0207;
  static final int EVENT_E_MISSING_EVENTCLASS = 0x8004_020A;
  static final int EVENT_E_NOT_ALL_REMOVED = 0x8004_020B;
  static final int EVENT_E_COMPLUS_NOT_INSTALLED = 0x8004_020C;
  static final int EVENT_E_PER_USER_SID_NOT_LOGGED_ON = 0x8004_0210;

  private Hresult() {}

  static boolean failed(int result) {
    return result < 0;
  }

  /** Whether the event system ended or restarted, and lost its subscriptions. */
  static boolean isServerGone(int result) {
    return result == RPC_S_SERVER_UNAVAILABLE
        || result == RPC_S_CALL_FAILED
        || result == RPC_E_DISCONNECTED;
  }

  /** For instance {@code 0x80070005 (E_ACCESSDENIED): access is denied}. */
  static String text(int result) {
    return "0x%08X%s".formatted(result, meaning(result));
  }

  private static String meaning(int result) {
    return switch (result) {
      case E_NOTIMPL -> " (E_NOTIMPL): not implemented";
      case E_NOINTERFACE -> " (E_NOINTERFACE): there is no such interface";
      case E_POINTER -> " (E_POINTER): a pointer is missing";
      case E_FAIL -> " (E_FAIL): unspecified failure";
      case E_UNEXPECTED -> " (E_UNEXPECTED): unexpected call to the COM+ event system";
      case E_ACCESSDENIED ->
          " (E_ACCESSDENIED): access is denied; only administrators and services may subscribe for"
              + " all users";
      case E_OUTOFMEMORY -> " (E_OUTOFMEMORY): there is not enough memory";
      case E_INVALIDARG -> " (E_INVALIDARG): an argument is wrong";
      case SERVICE_DISABLED -> ": a required service is disabled, EventSystem or SENS";
      case SERVICE_DOES_NOT_EXIST -> ": a required service is not installed";
      case RPC_S_SERVER_UNAVAILABLE -> ": the service EventSystem is not running";
      case RPC_S_CALL_FAILED -> ": the service EventSystem ended during the call";
      case CO_E_SERVER_EXEC_FAILURE ->
          " (CO_E_SERVER_EXEC_FAILURE): the service EventSystem did not start in time";
      case CO_E_NOTINITIALIZED -> " (CO_E_NOTINITIALIZED): COM is not initialised on this thread";
      case CO_E_CLASSSTRING, REGDB_E_CLASSNOTREG ->
          " (" + name(result) + "): this Windows has no COM+ event system";
      case RPC_E_SERVERFAULT -> " (RPC_E_SERVERFAULT): the service EventSystem failed in the call";
      case RPC_E_CHANGED_MODE ->
          " (RPC_E_CHANGED_MODE): something else in this program made the thread single-threaded"
              + " for COM";
      case RPC_E_DISCONNECTED -> " (RPC_E_DISCONNECTED): the service EventSystem was restarted";
      case DISP_E_MEMBERNOTFOUND -> " (DISP_E_MEMBERNOTFOUND): there is no such method";
      case DISP_E_TYPEMISMATCH -> " (DISP_E_TYPEMISMATCH): an argument has the wrong type";
      case DISP_E_UNKNOWNNAME -> " (DISP_E_UNKNOWNNAME): there is no such name";
      case DISP_E_NONAMEDARGS -> " (DISP_E_NONAMEDARGS): arguments have no names here";
      case DISP_E_BADPARAMCOUNT -> " (DISP_E_BADPARAMCOUNT): wrong number of arguments";
      case EVENT_E_QUERYSYNTAX -> " (EVENT_E_QUERYSYNTAX): the criteria are malformed";
      case EVENT_E_QUERYFIELD -> " (EVENT_E_QUERYFIELD): the criteria name an unknown field";
      case EVENT_E_INTERNALEXCEPTION, EVENT_E_INTERNALERROR ->
          " (" + name(result) + "): the COM+ event system failed; the event log has more";
      case EVENT_E_INVALID_PER_USER_SID ->
          " (EVENT_E_INVALID_PER_USER_SID): this account may not subscribe for one user";
      case EVENT_E_MISSING_EVENTCLASS ->
          " (EVENT_E_MISSING_EVENTCLASS): this Windows does not know the events of SENS";
      case EVENT_E_NOT_ALL_REMOVED ->
          " (EVENT_E_NOT_ALL_REMOVED): a subscription could not be removed";
      case EVENT_E_COMPLUS_NOT_INSTALLED ->
          " (EVENT_E_COMPLUS_NOT_INSTALLED): COM+ is not installed";
      case EVENT_E_PER_USER_SID_NOT_LOGGED_ON ->
          " (EVENT_E_PER_USER_SID_NOT_LOGGED_ON): the user subscribed for is not logged on";
      default -> "";
    };
  }

  private static String name(int result) {
    return switch (result) {
      case CO_E_CLASSSTRING -> "CO_E_CLASSSTRING";
      case REGDB_E_CLASSNOTREG -> "REGDB_E_CLASSNOTREG";
      case EVENT_E_INTERNALEXCEPTION -> "EVENT_E_INTERNALEXCEPTION";
      default -> "EVENT_E_INTERNALERROR";
    };
  }
}
