package io.sessionbridge.e2e;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.WString;
import com.sun.jna.win32.StdCallLibrary;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Shows messages of a file as the event viewer does: {@code FILE TEXT ID...}, where the text is the
 * first string of an entry.
 */
final class MessagePrinter {

  interface Kernel32 extends StdCallLibrary {
    Kernel32 INSTANCE = Native.load("kernel32", Kernel32.class);

    Pointer LoadLibraryExW(WString file, Pointer reserved, int flags);

    int FormatMessageW(
        int flags,
        Pointer module,
        int id,
        int language,
        Pointer text,
        int characters,
        Pointer arguments);
  }

  /** As data, or as an image of resources. */
  private static final int AS_DATA = 0x2 | 0x20;

  /** From the module, with an array of arguments. */
  private static final int FLAGS = 0x0800 | 0x2000;

  private static final int CHARACTERS = 4096;

  private MessagePrinter() {}

  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    for (int flags : new int[] {AS_DATA, 0}) {
      Pointer module = Kernel32.INSTANCE.LoadLibraryExW(new WString(args[0]), null, flags);
      out.println(module == null ? "error " + Native.getLastError() : "loaded");
      for (int i = 2; i < args.length; i++) {
        out.println(args[i] + " " + message(module, Integer.parseInt(args[i]), args[1]));
      }
    }
    out.println("END");
  }

  private static String message(Pointer module, int id, String text) {
    try (Memory string = new Memory(2L * (text.length() + 1));
        Memory arguments = new Memory(Native.POINTER_SIZE);
        Memory message = new Memory(2L * CHARACTERS)) {
      string.setWideString(0, text);
      arguments.setPointer(0, string);
      int length =
          Kernel32.INSTANCE.FormatMessageW(FLAGS, module, id, 0, message, CHARACTERS, arguments);
      return length == 0 ? "error " + Native.getLastError() : message.getWideString(0).strip();
    }
  }
}
