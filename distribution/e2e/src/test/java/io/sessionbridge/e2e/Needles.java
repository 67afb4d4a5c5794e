package io.sessionbridge.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Texts that are looked for in bytes, in the encodings in which they could hide. */
final class Needles {

  private final List<String> texts;

  Needles(List<String> texts) {
    this.texts = List.copyOf(texts);
  }

  /** What is in the bytes, in whatever case, with its encoding. */
  List<String> in(byte[] bytes) {
    String exact = new String(bytes, ISO_8859_1);
    String lower = exact.toLowerCase(Locale.ROOT);
    List<String> found = new ArrayList<>();
    for (String text : texts) {
      String small = text.toLowerCase(Locale.ROOT);
      add("UTF-8", text, lower.contains(characters(small.getBytes(UTF_8))), found);
      add("UTF-16LE", text, lower.contains(characters(small.getBytes(UTF_16LE))), found);
      add("UTF-16BE", text, lower.contains(characters(small.getBytes(UTF_16BE))), found);
      for (String spelling : List.of(text, small, text.toUpperCase(Locale.ROOT))) {
        add("hex", text, lower.contains(HexFormat.of().formatHex(spelling.getBytes(UTF_8))), found);
        for (byte[] encoded : List.of(spelling.getBytes(UTF_8), spelling.getBytes(UTF_16LE))) {
          add("base64", text, base64(encoded).stream().anyMatch(exact::contains), found);
        }
      }
    }
    return found.stream().distinct().toList();
  }

  private static void add(String encoding, String text, boolean there, List<String> found) {
    if (there) {
      found.add(text + " in " + encoding);
    }
  }

  private static String characters(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }

  /**
   * As it stands in a longer text, at each of the three offsets, without what neighbours change.
   */
  private static List<String> base64(byte[] bytes) {
    List<String> encoded = new ArrayList<>();
    for (int before = 0; before < 3; before++) {
      byte[] shifted = new byte[before + bytes.length];
      System.arraycopy(bytes, 0, shifted, before, bytes.length);
      String text = Base64.getEncoder().withoutPadding().encodeToString(shifted);
      int first = before == 0 ? 0 : before + 1;
      int last = shifted.length * 8 / 6;
      encoded.add(text.substring(first, last));
    }
    return encoded;
  }
}
