package io.sessionbridge.sink.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Any bytes from a receiver result in frames or an error message, however they arrive. */
class RelpReaderFuzzTest {

  private static final int LONGEST = 128 * 1024;

  /** The frames until the end, and the end. */
  private record Read(List<RelpFrame> frames, IOException end, int most) {}

  @FuzzTest
  void areFramesOrRefused(byte[] bytes) {
    Read whole = read(bytes, bytes.length + 1);
    assertThat(whole.end).message().isNotBlank().hasSizeLessThan(700);
    assertThat(whole.most).as("the largest buffer").isLessThanOrEqualTo(4 * LONGEST);
    Read pieces = read(bytes, 1);
    assertThat(pieces.end).hasMessage(whole.end.getMessage());
    assertThat(written(pieces.frames)).isEqualTo(written(whole.frames));
    if (whole.end instanceof EOFException) {
      assertThat(written(read(written(whole.frames), 7).frames)).isEqualTo(written(whole.frames));
    }
  }

  private static byte[] written(List<RelpFrame> frames) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (RelpFrame frame : frames) {
      RelpFrame.append(frame.transaction(), frame.command(), frame.data(), bytes);
    }
    return bytes.toByteArray();
  }

  private static Read read(byte[] bytes, int atOnce) {
    TestingInput input = new TestingInput(bytes, atOnce);
    RelpReader reader = new RelpReader(input);
    List<RelpFrame> frames = new ArrayList<>();
    while (true) {
      try {
        frames.add(reader.next());
      } catch (IOException e) {
        return new Read(frames, e, input.most);
      }
    }
  }

  private static final class TestingInput implements RelpReader.Input {
    private final byte[] bytes;
    private final int atOnce;
    private int at;
    private int most;

    TestingInput(byte[] bytes, int atOnce) {
      this.bytes = bytes;
      this.atOnce = atOnce;
    }

    @Override
    public int read(byte[] to, int offset) throws IOException {
      most = Math.max(most, to.length);
      int count = Math.min(Math.min(atOnce, to.length - offset), bytes.length - at);
      if (count == 0) {
        throw new EOFException("the end");
      }
      System.arraycopy(bytes, at, to, offset, count);
      at += count;
      return count;
    }

    @Override
    public int readSoon(byte[] to, int offset, int millis) throws IOException {
      return read(to, offset);
    }
  }
}
