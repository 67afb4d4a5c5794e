package io.sessionbridge.windows.com;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import io.sessionbridge.windows.Guid;

/** Calls a sink as Windows does: through the table of functions that its pointer leads to. */
final class NativeCaller {

  private static final Pointer NOTHING = Pointer.NULL;

  final NativeTexts texts = new NativeTexts();
  private final Pointer sink;

  NativeCaller(Pointer sink) {
    this.sink = sink;
  }

  int call(int slot, Object... others) {
    Object[] arguments = new Object[1 + others.length];
    arguments[0] = sink;
    System.arraycopy(others, 0, arguments, 1, others.length);
    Pointer function = sink.getPointer(0).getPointer((long) slot * Native.POINTER_SIZE);
    return Function.getFunction(function).invokeInt(arguments);
  }

  int query(String id, Memory out) {
    return call(0, Guid.of(id).toMemory(), out);
  }

  int addReference() {
    return call(1);
  }

  int release() {
    return call(2);
  }

  /** The ids that came back, {@code result: id ...}. */
  String idsOf(String... names) {
    Memory[] texts = new Memory[names.length];
    for (int i = 0; i < names.length; i++) {
      texts[i] = this.texts.terminated(names[i]);
    }
    Memory ids = new Memory(4L * names.length);
    int result = call(5, NOTHING, this.texts.pointers(texts), names.length, 0x400, ids);
    StringBuilder answer = new StringBuilder("%08X:".formatted(result));
    for (int i = 0; i < names.length; i++) {
      answer.append(' ').append(ids.getInt(4L * i));
    }
    return answer.toString();
  }

  int invoke(int id, int flags, Pointer parameters) {
    return call(6, id, NOTHING, 0x400, flags, parameters, NOTHING, NOTHING, NOTHING);
  }
}
