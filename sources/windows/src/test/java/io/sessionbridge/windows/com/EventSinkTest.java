package io.sessionbridge.windows.com;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import io.sessionbridge.windows.Guid;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The sink through its native functions; their layout is the same on every 64-bit system. */
class EventSinkTest {

  private static final String IUNKNOWN = "{00000000-0000-0000-C000-000000000046}";
  private static final String IDISPATCH = "{00020400-0000-0000-C000-000000000046}";
  private static final String ISENS_LOGON = "{D597BAB3-5B9F-11D1-8DD2-00AA004ABD5E}";
  private static final String ISENS_LOGON2 = "{D597BAB4-5B9F-11D1-8DD2-00AA004ABD5E}";
  private static final String IMARSHAL = "{00000003-0000-0000-C000-000000000046}";
  private static final int VT_BSTR = 8;
  private static final int VT_UI4 = 19;
  private static final int METHOD = 1;
  private static final int PROPERTY = 2;

  private final List<SensEvent> received = new CopyOnWriteArrayList<>();
  private final CallTracker calls = new CallTracker();
  private final int heldBefore = HeldSinks.inUse();
  private EventSink sink = sink(SensInterface.ISENS_LOGON, false);
  private NativeCaller caller = new NativeCaller(sink.pointer());

  private EventSink sink(SensInterface type, boolean invokeOnly) {
    return new EventSink(type, invokeOnly, "call", calls, this::receive);
  }

  private void receive(SensEvent event) {
    received.add(event);
    if (event.user().equals("fail")) {
      throw new IllegalStateException("the listener fails");
    }
  }

  private void use(SensInterface type, boolean invokeOnly) {
    sink.release();
    sink = sink(type, invokeOnly);
    caller = new NativeCaller(sink.pointer());
  }

  @AfterEach
  void isReleasedAtTheLastRelease() {
    assertThat(sink.release()).isZero();
    assertThat(HeldSinks.inUse()).isEqualTo(heldBefore);
  }

  private static SensEvent event(SensMethod method, String user) {
    return new SensEvent(method, user, OptionalLong.empty());
  }

  private static SensEvent event(SensMethod method, String user, long session) {
    return new SensEvent(method, user, OptionalLong.of(session));
  }

  private String query(String id) {
    Memory out = new Memory(8);
    out.setLong(0, 0x5858_5858);
    int result = caller.query(id, out);
    String granted = out.getPointer(0) == null ? "nothing" : "something else";
    if (sink.pointer().equals(out.getPointer(0))) {
      granted = "itself, " + caller.release() + " left";
    }
    return "%08X: %s".formatted(result, granted);
  }

  @Test
  void grantsItsInterfacesAndNoOther() {
    assertThat(query(IUNKNOWN)).isEqualTo("00000000: itself, 1 left");
    assertThat(query(IDISPATCH)).isEqualTo("00000000: itself, 1 left");
    assertThat(query(ISENS_LOGON)).isEqualTo("00000000: itself, 1 left");
    assertThat(query(ISENS_LOGON2)).isEqualTo("80004002: nothing");
    assertThat(query(IMARSHAL)).isEqualTo("80004002: nothing");
    use(SensInterface.ISENS_LOGON2, false);
    assertThat(query(ISENS_LOGON2)).isEqualTo("00000000: itself, 1 left");
    assertThat(query(ISENS_LOGON)).isEqualTo("80004002: nothing");
  }

  @Test
  void deniesItsInterfaceIfConfigured() {
    use(SensInterface.ISENS_LOGON, true);
    assertThat(query(IUNKNOWN)).isEqualTo("00000000: itself, 1 left");
    assertThat(query(IDISPATCH)).isEqualTo("00000000: itself, 1 left");
    assertThat(query(ISENS_LOGON)).isEqualTo("80004002: nothing");
  }

  @Test
  void refusesPointersThatAreMissing() {
    assertThat(caller.call(0, Pointer.NULL, new Memory(8))).isEqualTo(Hresult.E_POINTER);
    assertThat(caller.call(0, Guid.IUNKNOWN.toMemory(), Pointer.NULL)).isEqualTo(Hresult.E_POINTER);
    assertThat(caller.call(3, Pointer.NULL)).isEqualTo(Hresult.E_POINTER);
    assertThat(caller.call(5, Pointer.NULL, Pointer.NULL, 1, 0, new Memory(4)))
        .isEqualTo(Hresult.E_INVALIDARG);
    assertThat(caller.invoke(1, METHOD, Pointer.NULL)).isEqualTo(Hresult.E_INVALIDARG);
  }

  @Test
  void countsReferences() {
    assertThat(caller.addReference()).isEqualTo(2);
    assertThat(caller.addReference()).isEqualTo(3);
    assertThat(caller.release()).isEqualTo(2);
    assertThat(HeldSinks.inUse()).isEqualTo(heldBefore + 1);
    assertThat(caller.release()).isEqualTo(1);
  }

  @Test
  void receivesEachMethodThroughTheTable() {
    Pointer user = caller.texts.bstr("CONTOSO\\kim");
    for (int slot = 7; slot < 14; slot++) {
      assertThat(caller.call(slot, user)).isZero();
    }
    assertThat(received)
        .containsExactly(
            event(SensMethod.LOGON, "CONTOSO\\kim"),
            event(SensMethod.LOGOFF, "CONTOSO\\kim"),
            event(SensMethod.START_SHELL, "CONTOSO\\kim"),
            event(SensMethod.DISPLAY_LOCK, "CONTOSO\\kim"),
            event(SensMethod.DISPLAY_UNLOCK, "CONTOSO\\kim"),
            event(SensMethod.START_SCREEN_SAVER, "CONTOSO\\kim"),
            event(SensMethod.STOP_SCREEN_SAVER, "CONTOSO\\kim"));
  }

  @Test
  void receivesEachMethodWithASessionThroughTheTable() {
    use(SensInterface.ISENS_LOGON2, false);
    Pointer user = caller.texts.bstr("kim");
    for (int slot = 7; slot < 12; slot++) {
      assertThat(caller.call(slot, user, -slot)).isZero();
    }
    assertThat(received)
        .containsExactly(
            event(SensMethod.SESSION_LOGON, "kim", 4_294_967_289L),
            event(SensMethod.SESSION_LOGOFF, "kim", 4_294_967_288L),
            event(SensMethod.SESSION_DISCONNECT, "kim", 4_294_967_287L),
            event(SensMethod.SESSION_RECONNECT, "kim", 4_294_967_286L),
            event(SensMethod.POST_SHELL, "kim", 4_294_967_285L));
  }

  @Test
  void namesItsMethodsInAnyCase() {
    assertThat(caller.idsOf("Logon")).isEqualTo("00000000: 1");
    assertThat(caller.idsOf("LOGOFF")).isEqualTo("00000000: 2");
    assertThat(caller.idsOf("startshell")).isEqualTo("00000000: 3");
    assertThat(caller.idsOf("DisplayLock")).isEqualTo("00000000: 4");
    assertThat(caller.idsOf("DisplayUnlock")).isEqualTo("00000000: 5");
    assertThat(caller.idsOf("StartScreenSaver")).isEqualTo("00000000: 6");
    assertThat(caller.idsOf("StopScreenSaver")).isEqualTo("00000000: 7");
    assertThat(caller.idsOf("PostShell")).isEqualTo("80020006: -1");
    assertThat(caller.idsOf("x".repeat(1000))).isEqualTo("80020006: -1");
    assertThat(caller.idsOf("Logon", "bstrUserName")).isEqualTo("80020006: 1 -1");
    use(SensInterface.ISENS_LOGON2, false);
    assertThat(caller.idsOf("logon")).isEqualTo("00000000: 1");
    assertThat(caller.idsOf("SessionDisconnect")).isEqualTo("00000000: 3");
    assertThat(caller.idsOf("SessionReconnect")).isEqualTo("00000000: 4");
    assertThat(caller.idsOf("PostShell")).isEqualTo("00000000: 5");
  }

  @Test
  void receivesThroughInvoke() {
    Memory user = caller.texts.variant(VT_BSTR, caller.texts.bstr("kim"));
    assertThat(caller.invoke(4, METHOD, caller.texts.parameters(user))).isZero();
    use(SensInterface.ISENS_LOGON2, false);
    Memory session = caller.texts.variant(VT_UI4, 3);
    Memory both = caller.texts.parameters(session, user);
    assertThat(caller.invoke(5, 0xABCD_0000 | METHOD, both)).isZero();
    assertThat(received)
        .containsExactly(
            event(SensMethod.DISPLAY_LOCK, "kim"), event(SensMethod.POST_SHELL, "kim", 3));
  }

  @Test
  void refusesWhatItDoesNotHave() {
    Memory user = caller.texts.parameters(caller.texts.variant(VT_BSTR, caller.texts.bstr("kim")));
    assertThat(caller.invoke(0, METHOD, user)).isEqualTo(Hresult.DISP_E_MEMBERNOTFOUND);
    assertThat(caller.invoke(8, METHOD, user)).isEqualTo(Hresult.DISP_E_MEMBERNOTFOUND);
    assertThat(caller.invoke(1, PROPERTY, user)).isEqualTo(Hresult.DISP_E_MEMBERNOTFOUND);
    Memory count = caller.texts.bytes("58585858");
    assertThat(caller.call(3, count)).isZero();
    assertThat(count.getInt(0)).isZero();
    Memory out = caller.texts.bytes("5858585858585858");
    assertThat(caller.call(4, 0, 0, out)).isEqualTo(Hresult.E_NOTIMPL);
    assertThat(out.getPointer(0)).isNull();
    assertThat(received).isEmpty();
  }

  @Test
  void keepsFailuresFromWindows() {
    Thread thread = Thread.currentThread();
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread.UncaughtExceptionHandler before = thread.getUncaughtExceptionHandler();
    thread.setUncaughtExceptionHandler((in, e) -> thrown.set(e));
    try {
      assertThat(caller.call(7, caller.texts.bstr("fail"))).isZero();
    } finally {
      thread.setUncaughtExceptionHandler(before);
    }
    assertThat(thrown.get()).hasMessage("the listener fails");
    assertThat(caller.call(8, caller.texts.bstr("kim"))).isZero();
    assertThat(received).hasSize(2);
  }

  @Test
  void copiesItsArguments() {
    Pointer user = caller.texts.bstr("kim");
    caller.call(7, user);
    user.setShort(0, (short) 'X');
    assertThat(received).containsExactly(event(SensMethod.LOGON, "kim"));
  }
}
