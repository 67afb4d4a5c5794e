package io.sessionbridge.source.replay;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.storage.FileStorage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Zeros in a file: content that is not shown yet, or blank sectors. */
final class FileContentTest {

  private static final int CHUNK = 64 << 10;

  @TempDir private Path folder;

  static Stream<Charset> encodings() {
    return Stream.of(UTF_8, UTF_16LE, UTF_16BE);
  }

  @ParameterizedTest
  @MethodSource("encodings")
  void doesNotReadZerosAtTheEnd(Charset encoding) throws Exception {
    byte[] text = ((encoding.equals(UTF_8) ? "" : "\uFEFF") + "ab\n").getBytes(encoding);
    for (int zeros = 0; zeros < 5; zeros++) {
      assertThat(read(text, zeros, new byte[0])).as("%s zeros", zeros).isEqualTo(text);
    }
  }

  @Test
  void readsZerosBeforeOtherBytes() throws Exception {
    assertThat(read(new byte[] {'a'}, 600, new byte[] {'b'})).hasSize(602).endsWith(0, 'b');
  }

  @Test
  void readsMoreZerosThanContentCanBeLate() throws Exception {
    assertThat(read(new byte[] {'a'}, 2 * CHUNK, new byte[] {'b'})).hasSize(2 * CHUNK + 2);
  }

  private byte[] read(byte[] start, int zeros, byte[] end) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(start);
    all.write(new byte[zeros]);
    all.write(end);
    Path path = Files.write(folder.resolve("file"), all.toByteArray());
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    try (FileContent content = new FileContent(new FileStorage().openReadOnly(path), 0)) {
      byte[] buffer = new byte[CHUNK];
      int count = content.read(buffer, 0, CHUNK);
      while (count > 0) {
        read.write(buffer, 0, count);
        count = content.read(buffer, 0, CHUNK);
      }
      assertThat(content.available()).as("left").isZero();
    }
    return read.toByteArray();
  }
}
