package io.sessionbridge.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What a command of a test runs: writes its arguments behind the first one, which is a file, as a
 * line of that file, each in hexadecimal and with a dot behind it.
 */
final class ArgumentWriter {

  private ArgumentWriter() {}

  public static void main(String[] arguments) throws IOException {
    String line =
        Arrays.stream(arguments).skip(1).map(ArgumentWriter::hex).collect(Collectors.joining());
    Files.writeString(
        Path.of(arguments[0]),
        line + System.lineSeparator(),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  static String hex(String text) {
    return java.util.HexFormat.of().formatHex(text.getBytes(UTF_8)) + ".";
  }
}
