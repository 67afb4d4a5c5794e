package io.sessionbridge.sink.syslog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A receiver's configuration from the bundle, with the port and files of this test. */
final class ReceiverFile {

  private static final Path SHIPPED = Path.of("../../distribution/siem/src/main/siem");

  private final Path file;
  private String text;

  /**
   * @param name below {@code siem/} of the bundle
   */
  ReceiverFile(String name) throws IOException {
    file = SHIPPED.resolve(name);
    text = Files.readString(file);
  }

  /** Replaces a value, which the file must contain; otherwise the test would use another one. */
  ReceiverFile with(String shipped, Object value) {
    if (!text.contains(shipped)) {
      throw new AssertionError(file + " does not have " + shipped);
    }
    text = text.replace(shipped, value.toString());
    return this;
  }

  String text() {
    return text;
  }
}
