package io.sessionbridge.sink.syslog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A receiver's configuration as the bundle ships it, with this test's port and files in it. */
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

  /** Puts a value in the place of one that the file must have, else the test would try another. */
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
