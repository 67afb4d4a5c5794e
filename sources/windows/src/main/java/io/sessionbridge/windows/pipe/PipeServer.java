package io.sessionbridge.windows.pipe;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.WString;
import com.sun.jna.ptr.PointerByReference;
import io.sessionbridge.windows.pipe.PipeLibraries.Advapi32;
import io.sessionbridge.windows.pipe.PipeLibraries.Kernel32;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A pipe that accepts clients of this machine. All instances are created at the start and kept, so
 * that no other program can claim the name, and there are never more clients than instances: a
 * further one waits.
 *
 * <p>Users of this machine may read and write, but not create instances: that right is part of
 * {@code GENERIC_WRITE}, which they do not get. Network clients are rejected.
 *
 * <p>One thread calls {@link #accept}; any thread may call the other methods.
 */
public final class PipeServer implements AutoCloseable {

  // winbase.h
  private static final int PIPE_ACCESS_DUPLEX = 0x3;
  private static final int FILE_FLAG_FIRST_PIPE_INSTANCE = 0x0008_0000;
  private static final int FILE_FLAG_OVERLAPPED = 0x4000_0000;
  private static final int PIPE_REJECT_REMOTE_CLIENTS = 0x8;
  private static final int BUFFER = 64 << 10;
  private static final int SDDL_REVISION_1 = 1;
  private static final int WAIT_FAILED = -1;
  private static final int FOREVER = -1;

  // winerror.h
  private static final int ERROR_NO_DATA = 232;
  private static final int ERROR_PIPE_CONNECTED = 535;
  private static final int ERROR_IO_PENDING = 997;

  /** {@code SECURITY_ATTRIBUTES} of 64 bits. */
  private static final int ATTRIBUTES_BYTES = 24;

  /** The time for a client to read the last bytes. */
  private static final Duration LINGER = Duration.ofMillis(200);

  private enum State {
    FREE,
    WAITS,
    TAKEN
  }

  private static final class Instance {
    private final Pointer handle;
    private final PipeEnd.Overlapped overlapped;
    private State state = State.FREE;

    Instance(Pointer handle, PipeEnd.Overlapped overlapped) {
      this.handle = handle;
      this.overlapped = overlapped;
    }
  }

  private final String name;
  private final String own;
  private final List<Instance> instances = new ArrayList<>();
  private final Pointer changed;
  private boolean closed;
  private boolean accepting;

  /**
   * Creates the pipe.
   *
   * @param name with its prefix {@code \\.\pipe\}
   * @param clients the maximum number of clients at a time
   * @throws PipeException also if another program has a pipe of this name
   */
  public PipeServer(String name, int clients) throws PipeException {
    this.name = name;
    this.own = PipeIdentity.own();
    Pointer event = Kernel32.INSTANCE.CreateEventW(null, false, false, null);
    if (event == null) {
      throw new PipeException("CreateEvent", Native.getLastError());
    }
    this.changed = event;
    boolean made = false;
    try {
      makeInstances(clients);
      made = true;
    } finally {
      if (!made) {
        free();
      }
    }
  }

  /** The SID of this process's account; {@code unknown} if Windows does not report it. */
  public static String ownAccount() {
    try {
      return PipeIdentity.own();
    } catch (PipeException e) {
      return "unknown";
    }
  }

  private void makeInstances(int clients) throws PipeException {
    String access =
        "O:"
            + PipeIdentity.ownOwner()
            + "D:P(D;;GA;;;NU)(D;;GA;;;AN)(A;;GA;;;SY)(A;;GA;;;"
            + own
            + ")(A;;0x12019b;;;BA)(A;;0x12019b;;;IU)";
    PointerByReference descriptor = new PointerByReference();
    if (!Advapi32.INSTANCE.ConvertStringSecurityDescriptorToSecurityDescriptorW(
        new WString(access), SDDL_REVISION_1, descriptor, null)) {
      throw new PipeException(
          "ConvertStringSecurityDescriptorToSecurityDescriptor", Native.getLastError());
    }
    try (Memory attributes = new Memory(ATTRIBUTES_BYTES)) {
      attributes.clear();
      attributes.setInt(0, ATTRIBUTES_BYTES);
      attributes.setPointer(8, descriptor.getValue());
      for (int i = 0; i < clients; i++) {
        instances.add(instance(attributes, clients, i == 0));
      }
    } finally {
      Kernel32.INSTANCE.LocalFree(descriptor.getValue());
    }
  }

  private Instance instance(Pointer attributes, int clients, boolean first) throws PipeException {
    Pointer handle =
        Kernel32.INSTANCE.CreateNamedPipeW(
            new WString(name),
            PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED | (first ? FILE_FLAG_FIRST_PIPE_INSTANCE : 0),
            PIPE_REJECT_REMOTE_CLIENTS,
            clients,
            BUFFER,
            BUFFER,
            0,
            attributes);
    if (Pointer.nativeValue(handle) == FOREVER) { // INVALID_HANDLE_VALUE
      throw new PipeException("CreateNamedPipe", Native.getLastError());
    }
    return new Instance(handle, new PipeEnd.Overlapped());
  }

  public String name() {
    return name;
  }

  /**
   * Waits for a client.
   *
   * @throws PipeException also if the server was closed
   */
  public PipeEnd accept() throws IOException {
    while (true) {
      List<Instance> waiting = new ArrayList<>();
      synchronized (this) {
        if (closed) {
          throw new PipeException("the pipe is closed");
        }
        for (Instance instance : instances) {
          if (instance.state == State.FREE && connects(instance)) {
            return taken(instance);
          }
          if (instance.state == State.WAITS) {
            waiting.add(instance);
          }
        }
        accepting = true;
      }
      int index;
      try {
        index = await(waiting);
      } finally {
        synchronized (this) {
          accepting = false;
          notifyAll();
        }
      }
      synchronized (this) {
        if (index > 0 && !closed) {
          return taken(waiting.get(index - 1));
        }
      }
    }
  }

  /** Starts to wait for a client; returns true if one is already connected. */
  private static boolean connects(Instance instance) throws PipeException {
    instance.overlapped.reset();
    if (Kernel32.INSTANCE.ConnectNamedPipe(instance.handle, instance.overlapped.memory())) {
      return true;
    }
    int error = Native.getLastError();
    if (error == ERROR_PIPE_CONNECTED) {
      return true;
    }
    if (error == ERROR_NO_DATA) { // a client that is already gone
      Kernel32.INSTANCE.DisconnectNamedPipe(instance.handle);
      return false;
    }
    if (error != ERROR_IO_PENDING) {
      throw new PipeException("ConnectNamedPipe", error);
    }
    instance.state = State.WAITS;
    return false;
  }

  /** Waits for a change; returns 0 if an instance became free or the server closes. */
  private int await(List<Instance> waiting) throws PipeException {
    try (Memory handles = new Memory((waiting.size() + 1L) * Native.POINTER_SIZE)) {
      handles.setPointer(0, changed);
      for (int i = 0; i < waiting.size(); i++) {
        handles.setPointer((i + 1L) * Native.POINTER_SIZE, waiting.get(i).overlapped.event());
      }
      int index =
          Kernel32.INSTANCE.WaitForMultipleObjects(waiting.size() + 1, handles, false, FOREVER);
      if (index == WAIT_FAILED) {
        throw new PipeException("WaitForMultipleObjects", Native.getLastError());
      }
      return index;
    }
  }

  private PipeEnd taken(Instance instance) throws PipeException {
    instance.state = State.TAKEN;
    boolean made = false;
    try {
      PipeEnd end = new PipeEnd(instance.handle, own, LINGER, () -> release(instance));
      made = true;
      return end;
    } finally {
      if (!made) {
        release(instance);
      }
    }
  }

  private void release(Instance instance) {
    synchronized (this) {
      Kernel32.INSTANCE.DisconnectNamedPipe(instance.handle);
      instance.state = State.FREE;
      if (closed) {
        close(instance);
      } else {
        Kernel32.INSTANCE.SetEvent(changed);
      }
    }
  }

  private void close(Instance instance) {
    if (instances.remove(instance)) {
      Kernel32.INSTANCE.CloseHandle(instance.handle);
      instance.overlapped.close();
    }
  }

  /** Ends {@link #accept}; an open connection keeps its instance until it is closed. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      Kernel32.INSTANCE.SetEvent(changed);
      boolean interrupted = false;
      while (accepting) {
        try {
          wait();
        } catch (InterruptedException e) {
          interrupted = true; // the handles are in use until accept() ends
        }
      }
      free();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void free() {
    for (Instance instance : List.copyOf(instances)) {
      if (instance.state == State.WAITS) {
        Kernel32.INSTANCE.CancelIoEx(instance.handle, null);
        instance.overlapped.await(FOREVER);
      }
      if (instance.state != State.TAKEN) {
        close(instance);
      }
    }
    Kernel32.INSTANCE.CloseHandle(changed);
  }
}
