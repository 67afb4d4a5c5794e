package io.sessionbridge.windows.session;

import io.sessionbridge.windows.ErrorCode;
import io.sessionbridge.windows.session.calls.CallException;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes calls that Windows may refuse, and records which rights this program lacks. A session that
 * has no user or is gone is not a lack of rights.
 */
final class Answers {

  private static final int ERROR_PRIVILEGE_NOT_HELD = 1314;
  private static final int STATUS_ACCESS_DENIED = 0xC000_0022;

  interface Question<T> {
    T ask() throws CallException;
  }

  private final Set<String> refused = new TreeSet<>();

  /** Returns the answer, or empty if Windows refuses. */
  <T> Optional<T> to(Question<T> question) {
    try {
      return Optional.of(question.ask());
    } catch (CallException e) {
      shortage(e).ifPresent(refused::add);
      return Optional.empty();
    }
  }

  /** The missing rights, or why Windows does not answer at all, each as part of a sentence. */
  Set<String> refused() {
    return Collections.unmodifiableSet(refused);
  }

  private static Optional<String> shortage(CallException e) {
    return switch (e.error()) {
      case ERROR_PRIVILEGE_NOT_HELD ->
          Optional.of(e.call() + " needs SeTcbPrivilege, which LocalSystem has");
      case STATUS_ACCESS_DENIED -> Optional.of(e.call() + " needs the rights of an administrator");
      case ErrorCode.ACCESS_DENIED ->
          Optional.of(
              e.call()
                  + " needs the permission to query sessions of others, which LocalSystem has");
      case ErrorCode.RPC_S_INVALID_BINDING, ErrorCode.RPC_S_SERVER_UNAVAILABLE ->
          Optional.of(String.valueOf(e.getMessage()));
      default -> Optional.empty();
    };
  }
}
