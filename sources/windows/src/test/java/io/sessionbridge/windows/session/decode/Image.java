package io.sessionbridge.windows.session.decode;

import com.sun.jna.Memory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Collectors;

/** Memory as Windows leaves it: a hexadecimal dump, {@code offset bytes...}, and # for comments. */
public final class Image {

  private Image() {}

  public static Memory of(String name) throws IOException {
    try (InputStream file = Image.class.getResourceAsStream(name + ".hex")) {
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      String digits =
          text.lines()
              .filter(line -> !line.startsWith("#"))
              .map(line -> line.substring(line.indexOf(' ')).replace(" ", ""))
              .collect(Collectors.joining());
      return of(HexFormat.of().parseHex(digits));
    }
  }

  public static Memory of(byte[] bytes) {
    Memory memory = new Memory(bytes.length);
    memory.write(0, bytes, 0, bytes.length);
    return memory;
  }

  /** Makes an address of the offset that stands there. */
  static void relocate(Memory memory, long... places) {
    for (long place : places) {
      memory.setPointer(place, memory.share(memory.getLong(place)));
    }
  }
}
