package io.sessionbridge.windows.com;

import com.sun.jna.Function;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.platform.win32.OleAuto;
import com.sun.jna.platform.win32.WTypes.BSTR;

/** A COM object of another component. Calls and releases, no other logic. */
final class ComObject implements AutoCloseable {

  private static final int RELEASE = 2;

  private final Pointer pointer;

  /** Takes over the caller's reference. */
  ComObject(Pointer pointer) {
    this.pointer = pointer;
  }

  Pointer pointer() {
    return pointer;
  }

  /**
   * Calls the function in a slot of the object's table.
   *
   * @param name the function's name, for error messages
   * @param arguments pointers and numbers
   */
  void call(String name, int slot, Object... arguments) throws ComException {
    ComException.check(name, invoke(slot, arguments));
  }

  /** Same, with a string before the other arguments. */
  void callWithText(String name, int slot, String text, Object... others) throws ComException {
    BSTR bstr = OleAuto.INSTANCE.SysAllocString(text);
    try {
      Object[] arguments = new Object[1 + others.length];
      arguments[0] = bstr.getPointer();
      System.arraycopy(others, 0, arguments, 1, others.length);
      call(name, slot, arguments);
    } finally {
      OleAuto.INSTANCE.SysFreeString(bstr);
    }
  }

  private int invoke(int slot, Object... others) {
    Object[] arguments = new Object[1 + others.length];
    arguments[0] = pointer;
    System.arraycopy(others, 0, arguments, 1, others.length);
    Pointer function = pointer.getPointer(0).getPointer((long) slot * Native.POINTER_SIZE);
    return Function.getFunction(function, Function.ALT_CONVENTION).invokeInt(arguments);
  }

  @Override
  public void close() {
    invoke(RELEASE);
  }
}
