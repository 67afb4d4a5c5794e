package io.sessionbridge.windows.com;

import com.sun.jna.Pointer;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The late-bound way to call a sink: look up a method's number, then invoke it. */
final class SinkDispatch {

  private static final int DISPATCH_METHOD = 1;
  private static final int UNKNOWN_ID = -1;

  private final SensInterface type;
  private final ToIntFunction<SensEvent> receiver;

  /**
   * Dispatches to the methods of an interface.
   *
   * @param receiver receives each event and returns the result of the call
   */
  SinkDispatch(SensInterface type, ToIntFunction<SensEvent> receiver) {
    this.type = type;
    this.receiver = receiver;
  }

  /** The first name is the method's; argument names may follow, but this interface has none. */
  int idsOfNames(@Nullable Pointer names, int count, @Nullable Pointer ids) {
    if (names == null || ids == null || count < 1) {
      return Hresult.E_INVALIDARG;
    }
    IntStream.range(0, count).forEach(i -> ids.setInt(4L * i, UNKNOWN_ID));
    Optional<SensMethod> method = type.withName(ComText.terminated(names.getPointer(0)));
    method.ifPresent(known -> ids.setInt(0, known.dispatchId()));
    return method.isPresent() && count == 1 ? Hresult.S_OK : Hresult.DISP_E_UNKNOWNNAME;
  }

  int invoke(int dispatchId, int flags, @Nullable Pointer parameters) {
    Optional<SensMethod> method = type.withDispatchId(dispatchId);
    if (method.isEmpty() || (flags & DISPATCH_METHOD) == 0) {
      return Hresult.DISP_E_MEMBERNOTFOUND;
    }
    DispatchArguments.Outcome reading =
        DispatchArguments.read(parameters, method.get().hasSession());
    if (reading instanceof DispatchArguments.Accepted accepted) {
      return receiver.applyAsInt(
          new SensEvent(method.get(), accepted.user(), accepted.sessionId()));
    }
    return ((DispatchArguments.Refused) reading).result();
  }
}
