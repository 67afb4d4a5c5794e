package io.sessionbridge.windows.process;

import com.sun.jna.Pointer;
import io.sessionbridge.windows.process.ProcessLibraries.Kernel32;
import java.util.ArrayDeque;
import java.util.Deque;

/** Handles that are closed together, in reverse order. One thread. */
final class Handles implements AutoCloseable {

  private final Deque<Pointer> open = new ArrayDeque<>();

  Pointer add(Pointer handle) {
    open.push(handle);
    return handle;
  }

  /** Transfers ownership to the caller. */
  Pointer release(Pointer handle) {
    open.remove(handle);
    return handle;
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      Kernel32.INSTANCE.CloseHandle(open.pop());
    }
  }
}
