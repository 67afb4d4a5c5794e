package io.sessionbridge.windows.process;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import io.sessionbridge.windows.process.ProcessLibraries.Kernel32;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Input, output and errors of a program. Output and errors share a pipe, in order. */
final class StandardStreams {

  // winbase.h
  private static final int STD_INPUT_HANDLE = -10;
  private static final int HANDLE_FLAG_INHERIT = 1;
  private static final int DUPLICATE_SAME_ACCESS = 2;
  private static final int PIPE_BYTES = 64 << 10;

  private final List<@Nullable Pointer> childEnds;
  private final @Nullable Pointer input;
  private final @Nullable Pointer output;

  private StandardStreams(
      List<@Nullable Pointer> childEnds, @Nullable Pointer input, @Nullable Pointer output) {
    this.childEnds = childEnds;
    this.input = input;
    this.output = output;
  }

  /** Pipes, of which this process keeps the other ends. */
  static StandardStreams pipes(Handles handles) throws ProcessException {
    PointerByReference read = new PointerByReference();
    PointerByReference write = new PointerByReference();
    pipe(read, write);
    Pointer childInput = handles.add(read.getValue());
    Pointer input = handles.add(write.getValue());
    pipe(read, write);
    Pointer output = handles.add(read.getValue());
    Pointer childOutput = handles.add(write.getValue());
    inherit(childInput);
    inherit(childOutput);
    List<@Nullable Pointer> ends = new ArrayList<>();
    ends.add(childInput);
    ends.add(childOutput);
    ends.add(childOutput);
    return new StandardStreams(ends, input, output);
  }

  private static void pipe(PointerByReference read, PointerByReference write)
      throws ProcessException {
    if (!Kernel32.INSTANCE.CreatePipe(read, write, null, PIPE_BYTES)) {
      throw new ProcessException("CreatePipe", Native.getLastError());
    }
  }

  private static void inherit(Pointer handle) throws ProcessException {
    if (!Kernel32.INSTANCE.SetHandleInformation(handle, HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT)) {
      throw new ProcessException("SetHandleInformation", Native.getLastError());
    }
  }

  /** Copies of this process's streams, because the originals may not be inheritable. */
  static StandardStreams shared(Handles handles) throws ProcessException {
    List<@Nullable Pointer> ends = new ArrayList<>();
    Pointer own = Kernel32.INSTANCE.GetCurrentProcess();
    for (int i = 0; i < 3; i++) {
      Pointer mine = Kernel32.INSTANCE.GetStdHandle(STD_INPUT_HANDLE - i);
      PointerByReference copy = new PointerByReference();
      boolean copied =
          mine != null
              && Pointer.nativeValue(mine) != -1
              && Kernel32.INSTANCE.DuplicateHandle(
                  own, mine, own, copy, 0, true, DUPLICATE_SAME_ACCESS);
      ends.add(copied ? handles.add(copy.getValue()) : null); // this process has no such stream
    }
    return new StandardStreams(ends, null, null);
  }

  @Nullable Pointer childEnd(int index) {
    return childEnds.get(index);
  }

  /** Returns each handle once. */
  List<Pointer> childEnds() {
    List<Pointer> each = new ArrayList<>();
    for (Pointer end : childEnds) {
      if (end != null && !each.contains(end)) {
        each.add(end);
      }
    }
    return each;
  }

  /** Called once the program runs: the streams now own this process's ends. */
  void release(Handles handles) {
    if (input != null) {
      handles.release(input);
    }
    if (output != null) {
      handles.release(output);
    }
  }

  Optional<OutputStream> input() {
    return Optional.ofNullable(input).map(HandleStreams.Output::new);
  }

  Optional<InputStream> output() {
    return Optional.ofNullable(output).map(HandleStreams.Input::new);
  }
}
