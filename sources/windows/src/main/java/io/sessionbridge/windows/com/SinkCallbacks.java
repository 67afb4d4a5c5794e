package io.sessionbridge.windows.com;

import com.sun.jna.Callback;
import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * The functions in a sink's table, in the order of {@code IUnknown}, {@code IDispatch} and the SENS
 * methods. They take pointers and integers only, because a conversion by JNA could fail before the
 * call. They return an {@link Hresult}, or the reference count.
 *
 * <p>64-bit systems have a single calling convention.
 */
final class SinkCallbacks {

  private SinkCallbacks() {}

  interface QueryInterface extends Callback {
    int callback(Pointer self, @Nullable Pointer id, @Nullable Pointer out);
  }

  /** {@code AddRef} and {@code Release}. */
  interface Count extends Callback {
    int callback(Pointer self);
  }

  interface GetTypeInfoCount extends Callback {
    int callback(Pointer self, @Nullable Pointer count);
  }

  interface GetTypeInfo extends Callback {
    int callback(Pointer self, int index, int locale, @Nullable Pointer out);
  }

  interface GetIdsOfNames extends Callback {
    int callback(
        Pointer self,
        @Nullable Pointer id,
        @Nullable Pointer names,
        int count,
        int locale,
        @Nullable Pointer ids);
  }

  interface Invoke extends Callback {
    /**
     * @param flags 16 bits; those above are undefined
     */
    int callback(
        Pointer self,
        int method,
        @Nullable Pointer id,
        int locale,
        int flags,
        @Nullable Pointer parameters,
        @Nullable Pointer result,
        @Nullable Pointer exception,
        @Nullable Pointer wrongArgument);
  }

  /** The methods of {@code ISensLogon}. */
  interface UserEvent extends Callback {
    int callback(Pointer self, @Nullable Pointer user);
  }

  /** The methods of {@code ISensLogon2}. */
  interface SessionEvent extends Callback {
    int callback(Pointer self, @Nullable Pointer user, int session);
  }
}
