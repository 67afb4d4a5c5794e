package io.sessionbridge.windows.com;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Lays out what Windows passes, byte by byte, and holds it. */
final class NativeTexts {

  private static final int VARIANT_BYTES = 24;

  private final List<Memory> held = new ArrayList<>();

  private Memory memory(int bytes) {
    Memory memory = new Memory(bytes);
    memory.clear();
    held.add(memory);
    return memory;
  }

  /** From hexadecimal digits, blanks between them as one likes. */
  Memory bytes(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    Memory memory = memory(bytes.length);
    memory.write(0, bytes, 0, bytes.length);
    return memory;
  }

  /** The length in bytes, the units, a NUL, and rubbish that does not belong to it. */
  Pointer bstr(String text) {
    byte[] units = new byte[2 * text.length()];
    for (int i = 0; i < text.length(); i++) {
      units[2 * i] = (byte) text.charAt(i);
      units[2 * i + 1] = (byte) (text.charAt(i) >>> 8);
    }
    Memory memory = memory(4 + units.length + 6);
    memory.setInt(0, units.length);
    memory.write(4, units, 0, units.length);
    memory.setInt(4 + units.length + 2, 0x00580058);
    return memory.share(4);
  }

  /** With a NUL at its end. */
  Memory terminated(String text) {
    byte[] units = text.getBytes(StandardCharsets.UTF_16LE);
    Memory memory = memory(units.length + 2);
    memory.write(0, units, 0, units.length);
    return memory;
  }

  Memory pointers(Pointer... values) {
    Memory memory = memory(Native.POINTER_SIZE * values.length);
    for (int i = 0; i < values.length; i++) {
      memory.setPointer((long) i * Native.POINTER_SIZE, values[i]);
    }
    return memory;
  }

  /** A VARIANT: the type and, behind three reserved words, the value. */
  Memory variant(int type, Pointer value) {
    Memory variant = memory(VARIANT_BYTES);
    variant.setShort(0, (short) type);
    variant.setPointer(8, value);
    return variant;
  }

  Memory variant(int type, int value) {
    Memory variant = memory(VARIANT_BYTES);
    variant.setShort(0, (short) type);
    variant.setInt(8, value);
    variant.setInt(12, 0xDEAD); // undefined
    return variant;
  }

  /** DISPPARAMS, with the variants in the order of memory: the last argument first. */
  Memory parameters(Memory... variants) {
    Memory array = memory(Math.max(1, VARIANT_BYTES * variants.length));
    for (int i = 0; i < variants.length; i++) {
      array.write(
          (long) i * VARIANT_BYTES, variants[i].getByteArray(0, VARIANT_BYTES), 0, VARIANT_BYTES);
    }
    Memory parameters = memory(24);
    parameters.setPointer(0, array);
    parameters.setInt(16, variants.length);
    return parameters;
  }
}
