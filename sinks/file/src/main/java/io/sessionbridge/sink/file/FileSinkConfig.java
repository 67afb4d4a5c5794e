package io.sessionbridge.sink.file;

import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.config.Key;
import io.sessionbridge.storage.FileMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The configuration of a file sink.
 *
 * @param path of the file, or {@link Key#STANDARD_STREAM} for the console
 * @param force whether an event counts as delivered only when it survives a power cut
 * @param rotateBytes size at which a new file begins
 * @param rotateEvery time after which a new file begins
 * @param keep how many files to keep; empty = all
 * @param fileMode permissions of a new file
 */
record FileSinkConfig(
    Path path,
    boolean force,
    Optional<Long> rotateBytes,
    Optional<Duration> rotateEvery,
    Optional<Long> keep,
    FileMode fileMode) {

  private static final Key<Path> PATH =
      Key.pathOrStandardStream("path").required("the file, or \"-\" for the console");
  private static final Key<Boolean> FORCE =
      Key.flag("force").orElse(true, "forces each batch to the disk before it counts as delivered");
  private static final Key<Long> ROTATE_BYTES =
      Key.bytes("rotate_bytes")
          .between(4096L, 1L << 40)
          .optional("starts a new file, with its time in the name, before this size is exceeded");
  private static final Key<Duration> ROTATE_EVERY =
      Key.duration("rotate_every")
          .between(Duration.ofSeconds(1), Duration.ofDays(3650))
          .optional("starts a new file, with its time in the name, after this time");
  private static final Key<Long> KEEP =
      Key.integer("keep").between(1L, 100_000L).optional("number of files to keep; absent = all");

  private static final Key<String> FILE_MODE =
      Key.text("file_mode")
          .where(
              text -> FileMode.parse(text).isPresent(),
              "must be octal such as 0600 or 0640, and let the owner read and write and others not"
                  + " write")
          .orElse("0600", "permissions of a new file, in octal; no effect on Windows");

  static final ConfigSpec<FileSinkConfig> SPEC =
      ConfigSpec.of(
          values -> {
            boolean rotates = values.given(ROTATE_BYTES) || values.given(ROTATE_EVERY);
            if (rotates && values.get(PATH).equals(Key.STANDARD_STREAM)) {
              values.problem(PATH, "must be a file to rotate, was -");
            }
            if (values.given(KEEP) && !rotates) {
              values.problem(KEEP, "needs rotate_bytes or rotate_every");
            }
            return new FileSinkConfig(
                values.get(PATH),
                values.get(FORCE),
                values.find(ROTATE_BYTES),
                values.find(ROTATE_EVERY),
                values.find(KEEP),
                FileMode.parse(values.get(FILE_MODE)).orElseThrow());
          },
          PATH,
          FORCE,
          ROTATE_BYTES,
          ROTATE_EVERY,
          KEEP,
          FILE_MODE);

  boolean isConsole() {
    return path.equals(Key.STANDARD_STREAM);
  }

  boolean rotates() {
    return rotateBytes.isPresent() || rotateEvery.isPresent();
  }
}
