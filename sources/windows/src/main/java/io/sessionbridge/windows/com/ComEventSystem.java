package io.sessionbridge.windows.com;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.platform.win32.OleAuto;
import com.sun.jna.platform.win32.WTypes.BSTR;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import com.sun.jna.win32.StdCallLibrary;
import io.sessionbridge.windows.Guid;
import org.jspecify.annotations.Nullable;

/** The COM+ event system. Calls and frees, no other logic. Slots are those of eventsys.h. */
final class ComEventSystem implements EventSystem {

  /** ole32.dll, with results as integers. */
  interface Ole32Calls extends StdCallLibrary {

    Ole32Calls INSTANCE = Native.load("ole32", Ole32Calls.class);

    int CoInitializeEx(@Nullable Pointer reserved, int mode);

    void CoUninitialize();

    int CoCreateInstance(
        Pointer classId, @Nullable Pointer outer, int context, Pointer id, PointerByReference out);
  }

  private static final Guid EVENT_SYSTEM = Guid.of("{4E14FBA2-2E22-11D1-9964-00C04FBBB345}");
  private static final Guid IEVENT_SYSTEM = Guid.of("{4E14FB9F-2E22-11D1-9964-00C04FBBB345}");
  private static final Guid SUBSCRIPTION = Guid.of("{7542E960-79C7-11D1-88F9-0080C7D771BF}");
  private static final Guid ISUBSCRIPTION = Guid.of("{4A6B0E15-2E38-11D1-9965-00C04FBBB345}");

  /** The event system's name for the objects to store and remove. */
  private static final String SUBSCRIPTIONS = "EventSystem.EventSubscription";

  private static final int COINIT_MULTITHREADED = 0;

  /** CLSCTX_INPROC_SERVER and CLSCTX_LOCAL_SERVER. */
  private static final int ANY_SERVER = 5;

  private static final int STORE = 8;
  private static final int REMOVE = 9;

  private static final int PUT_SUBSCRIPTION_ID = 8;
  private static final int PUT_SUBSCRIPTION_NAME = 10;
  private static final int PUT_EVENT_CLASS_ID = 14;
  private static final int PUT_SUBSCRIBER_INTERFACE = 20;
  private static final int PUT_PER_USER = 22;

  @Override
  public Connection connect() throws ComException {
    ComException.check(
        "CoInitializeEx", Ole32Calls.INSTANCE.CoInitializeEx(null, COINIT_MULTITHREADED));
    try {
      return new OpenConnection(create("CEventSystem", EVENT_SYSTEM, IEVENT_SYSTEM));
    } catch (ComException e) {
      Ole32Calls.INSTANCE.CoUninitialize();
      throw e;
    }
  }

  private static ComObject create(String name, Guid classId, Guid id) throws ComException {
    PointerByReference out = new PointerByReference();
    Memory classMemory = classId.toMemory();
    Memory idMemory = id.toMemory();
    ComException.check(
        "CoCreateInstance of " + name,
        Ole32Calls.INSTANCE.CoCreateInstance(classMemory, null, ANY_SERVER, idMemory, out));
    return new ComObject(out.getValue());
  }

  private static final class OpenConnection implements Connection {
    private final ComObject system;

    OpenConnection(ComObject system) {
      this.system = system;
    }

    @Override
    public void store(Subscription wanted, EventSink sink) throws ComException {
      try (ComObject object = create("CEventSubscription", SUBSCRIPTION, ISUBSCRIPTION)) {
        object.callWithText("put_SubscriptionID", PUT_SUBSCRIPTION_ID, wanted.id());
        object.callWithText("put_SubscriptionName", PUT_SUBSCRIPTION_NAME, wanted.name());
        object.callWithText("put_EventClassID", PUT_EVENT_CLASS_ID, sink.type().eventClass());
        object.call("put_SubscriberInterface", PUT_SUBSCRIBER_INTERFACE, sink.pointer());
        object.call("put_PerUser", PUT_PER_USER, wanted.perUser() ? 1 : 0);
        system.callWithText("Store", STORE, SUBSCRIPTIONS, object.pointer());
      }
    }

    @Override
    public void remove(Subscription unwanted) throws ComException {
      BSTR criteria = OleAuto.INSTANCE.SysAllocString("SubscriptionID == " + unwanted.id());
      try {
        IntByReference errorIndex = new IntByReference();
        system.callWithText(
            "Remove", REMOVE, SUBSCRIPTIONS, criteria.getPointer(), errorIndex.getPointer());
      } finally {
        OleAuto.INSTANCE.SysFreeString(criteria);
      }
    }

    @Override
    public void close() {
      system.close();
      Ole32Calls.INSTANCE.CoUninitialize();
    }
  }
}
