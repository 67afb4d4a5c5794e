package io.sessionbridge.windows.driver;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Collectors;

/** Structures of the driver's header: {@code offset bytes...}, and # for comments. */
final class Fixture {

  private Fixture() {}

  static byte[] of(String name) throws IOException {
    try (InputStream file = Fixture.class.getResourceAsStream(name + ".hex")) {
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      return HexFormat.of()
          .parseHex(
              text.lines()
                  .filter(line -> !line.startsWith("#"))
                  .map(line -> line.substring(line.indexOf(' ')).replace(" ", ""))
                  .collect(Collectors.joining()));
    }
  }
}
