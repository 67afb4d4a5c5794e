package io.sessionbridge.windows.com;

import com.sun.jna.Callback;
import com.sun.jna.CallbackReference;
import com.sun.jna.CallbackThreadInitializer;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import io.sessionbridge.windows.Guid;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A COM object that the event system calls: a pointer to a table of functions, in native memory.
 *
 * <p>Windows may call through the table, or look up a method's number and call {@code Invoke}; both
 * lead to the same method. A call copies its arguments, passes them to the listener, and returns
 * {@code S_OK} at once, because the calling service waits and with it, eventually, the user who
 * logs on. Nothing is thrown into Windows.
 *
 * <p>Any thread. Counts references as COM requires, starting with the creator's. While references
 * exist, everything that Windows can reach is kept alive: a call to a garbage-collected callback
 * ends the process without a message.
 */
final class EventSink {

  private final SensInterface type;
  private final Guid typeId;
  private final boolean invokeOnly;
  private final CallTracker calls;
  private final Consumer<SensEvent> listener;
  private final SinkDispatch dispatch;
  private final CallbackThreadInitializer threads;
  private final List<Callback> functions = new ArrayList<>();
  private final Memory table;
  private final Memory object = new Memory(Native.POINTER_SIZE);
  private final AtomicInteger references = new AtomicInteger(1);

  /**
   * A sink without subscriptions.
   *
   * @param invokeOnly whether it denies its interface, so that Windows must use {@code Invoke}
   * @param threadName the name of Windows' threads while they call into Java
   * @param calls tracks every call
   */
  EventSink(
      SensInterface type,
      boolean invokeOnly,
      String threadName,
      CallTracker calls,
      Consumer<SensEvent> listener) {
    this.type = type;
    this.typeId = type.id();
    this.invokeOnly = invokeOnly;
    this.calls = calls;
    this.listener = listener;
    this.dispatch = new SinkDispatch(type, this::deliver);
    // Windows' threads stay attached: attaching one for each call costs fifty times as much.
    this.threads = new CallbackThreadInitializer(true, false, threadName);
    add((SinkCallbacks.QueryInterface) this::queryInterface);
    add((SinkCallbacks.Count) self -> addReference());
    add((SinkCallbacks.Count) self -> release());
    add((SinkCallbacks.GetTypeInfoCount) EventSink::typeInfoCount);
    add((SinkCallbacks.GetTypeInfo) EventSink::typeInfo);
    add((SinkCallbacks.GetIdsOfNames) this::idsOfNames);
    add((SinkCallbacks.Invoke) this::invoke);
    type.methods().forEach(this::addMethod);
    this.table = new Memory((long) functions.size() * Native.POINTER_SIZE);
    for (int i = 0; i < functions.size(); i++) {
      Pointer function = CallbackReference.getFunctionPointer(functions.get(i));
      table.setPointer((long) i * Native.POINTER_SIZE, function);
    }
    object.setPointer(0, table);
    HeldSinks.hold(this);
  }

  private void addMethod(SensMethod method) {
    if (method.hasSession()) {
      add(
          (SinkCallbacks.SessionEvent)
              (self, user, session) ->
                  receive(method, user, OptionalLong.of(Integer.toUnsignedLong(session))));
      return;
    }
    add((SinkCallbacks.UserEvent) (self, user) -> receive(method, user, OptionalLong.empty()));
  }

  private void add(Callback function) {
    Native.setCallbackThreadInitializer(function, threads);
    functions.add(function);
  }

  SensInterface type() {
    return type;
  }

  /** The object's address, for Windows. */
  Pointer pointer() {
    return object;
  }

  private int addReference() {
    return references.incrementAndGet();
  }

  /** Releases a reference, and returns how many are left. */
  int release() {
    int left = references.decrementAndGet();
    if (left == 0) {
      HeldSinks.retire(this);
    }
    return left;
  }

  private int queryInterface(Pointer self, @Nullable Pointer id, @Nullable Pointer out) {
    return guarded(
        Hresult.E_UNEXPECTED,
        () -> {
          if (id == null || out == null) {
            return Hresult.E_POINTER;
          }
          if (!has(Guid.read(id))) {
            out.setPointer(0, Pointer.NULL);
            return Hresult.E_NOINTERFACE;
          }
          addReference();
          out.setPointer(0, object);
          return Hresult.S_OK;
        });
  }

  private boolean has(Guid id) {
    return id.equals(Guid.IUNKNOWN)
        || id.equals(Guid.IDISPATCH)
        || id.equals(typeId) && !invokeOnly;
  }

  private static int typeInfoCount(Pointer self, @Nullable Pointer count) {
    if (count == null) {
      return Hresult.E_POINTER;
    }
    count.setInt(0, 0);
    return Hresult.S_OK;
  }

  private static int typeInfo(Pointer self, int index, int locale, @Nullable Pointer out) {
    if (out != null) {
      out.setPointer(0, Pointer.NULL);
    }
    return Hresult.E_NOTIMPL;
  }

  private int idsOfNames(
      Pointer self,
      @Nullable Pointer id,
      @Nullable Pointer names,
      int count,
      int locale,
      @Nullable Pointer ids) {
    return guarded(Hresult.E_UNEXPECTED, () -> dispatch.idsOfNames(names, count, ids));
  }

  private int invoke(
      Pointer self,
      int dispatchId,
      @Nullable Pointer id,
      int locale,
      int flags,
      @Nullable Pointer parameters,
      @Nullable Pointer result,
      @Nullable Pointer exception,
      @Nullable Pointer wrongArgument) {
    return guarded(Hresult.E_UNEXPECTED, () -> dispatch.invoke(dispatchId, flags, parameters));
  }

  private int receive(SensMethod method, @Nullable Pointer user, OptionalLong session) {
    return guarded(
        Hresult.S_OK, () -> deliver(new SensEvent(method, ComText.ofBstr(user), session)));
  }

  /** A listener's failure must not make Windows give up the subscription. */
  private int deliver(SensEvent event) {
    return guarded(
        Hresult.S_OK,
        () -> {
          listener.accept(event);
          return Hresult.S_OK;
        });
  }

  private int guarded(int onFailure, IntSupplier call) {
    calls.enter();
    try {
      return call.getAsInt();
    } catch (RuntimeException | Error e) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
      return onFailure;
    } finally {
      calls.leave();
    }
  }
}
