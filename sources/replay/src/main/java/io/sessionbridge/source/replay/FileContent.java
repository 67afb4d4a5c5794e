package io.sessionbridge.source.replay;

import io.sessionbridge.storage.StorageFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The bytes of an open file, in order. Each read verifies that the file still holds what was read
 * before: another program may truncate the file and fill it beyond this offset, and the new bytes
 * would not continue the earlier ones. One thread at a time.
 *
 * <p>Zeros at the end are not read, because a network drive may show a new size before the content,
 * with zeros in its place.
 */
final class FileContent extends InputStream {

  private static final int CHUNK = 64 << 10;

  private final byte[] recent = new byte[Sample.LENGTH + CHUNK];
  private StorageFile file;
  private byte[] head;
  private int recentLength;
  private long offset;
  private long zerosEnd;
  private boolean ended;

  /**
   * Reads from an offset.
   *
   * @param file closed with this object
   */
  FileContent(StorageFile file, long offset) throws IOException {
    this.file = file;
    this.offset = offset;
    int length = (int) Math.min(Sample.LENGTH, offset);
    this.head = Sample.read(file, 0, length);
    byte[] before = Sample.read(file, offset - length, length);
    if (before.length < length) {
      throw new FileCutException();
    }
    keep(before, 0, length);
  }

  @Override
  public int read() {
    throw new UnsupportedOperationException("bytes are read in blocks");
  }

  @Override
  public int read(byte[] to, int at, int length) throws IOException {
    if (ended) {
      throw new FileCutException();
    }
    int wanted = Math.min(length, CHUNK);
    int found = Math.max(0, file.read(ByteBuffer.wrap(to, at, wanted), offset));
    requireIntact();
    TextEncoding encoding = offset == 0 ? encodingOf(to, at, at + found) : encoding();
    int count = encoding.endWithoutZeros(to, at, at + found, offset) - at;
    if (count == 0 && found == wanted) {
      count = found; // too many for content that is late
    }
    zerosEnd = count < found ? offset + found : 0;
    if (count == 0) {
      return -1;
    }
    int known = (int) Math.min(Sample.LENGTH, Math.max(0, head.length - offset));
    int more = (int) Math.min(count, Sample.LENGTH - Math.min(Sample.LENGTH, offset)) - known;
    if (more > 0) {
      byte[] longer = Arrays.copyOf(head, head.length + more);
      System.arraycopy(to, at + known, longer, head.length, more);
      head = longer;
    }
    keep(to, at, count);
    offset += count;
    return count;
  }

  private void keep(byte[] bytes, int from, int count) {
    int kept = Math.min(Sample.LENGTH, recentLength);
    System.arraycopy(recent, recentLength - kept, recent, 0, kept);
    System.arraycopy(bytes, from, recent, kept, count);
    recentLength = kept + count;
  }

  private static TextEncoding encodingOf(byte[] bytes, int from, int to) {
    int end = Math.min(to, from + TextEncoding.LONGEST_MARK);
    TextEncoding known = TextEncoding.detect(bytes, from, end);
    return known == null ? TextEncoding.UTF_8 : known;
  }

  /** Excludes zeros at the end that were read already. */
  @Override
  public int available() throws IOException {
    long size = file.size();
    return size <= zerosEnd ? 0 : (int) Math.max(0, Math.min(CHUNK, size - offset));
  }

  private void requireIntact() throws IOException {
    if (!isIntact()) {
      throw new FileCutException();
    }
  }

  /**
   * Whether the file still holds what was read, as far as the samples show. Does not compare the
   * size: on a network drive it may be older than the content.
   */
  boolean isIntact() throws IOException {
    int length = Math.min(Sample.LENGTH, recentLength);
    byte[] before = Arrays.copyOfRange(recent, recentLength - length, recentLength);
    return Arrays.equals(Sample.read(file, 0, head.length), head)
        && Arrays.equals(Sample.read(file, offset - length, length), before);
  }

  /**
   * The fingerprint of the file up to an offset.
   *
   * @param end an offset within the last read
   */
  long fingerprint(long end) {
    int length = (int) Math.min(Sample.LENGTH, end);
    int to = Math.toIntExact(recentLength - (offset - end));
    return Sample.fingerprint(
        Arrays.copyOf(head, length), Arrays.copyOfRange(recent, to - length, to));
  }

  /** The text encoding of the file, from its first bytes. */
  TextEncoding encoding() {
    return encodingOf(head, 0, head.length);
  }

  /** Samples the first bytes, as far as they are available. */
  void see() throws IOException {
    byte[] seen = head.length < Sample.LENGTH ? Sample.head(file) : head;
    int end = encodingOf(seen, 0, seen.length).endWithoutZeros(seen, 0, seen.length, 0);
    seen = Arrays.copyOf(seen, end);
    if (seen.length > head.length && Sample.isPrefix(head, seen)) {
      head = seen;
    }
  }

  /** Stops reading: the file's current content does not continue what was read. */
  void end() {
    ended = true;
  }

  /** The first bytes, as sampled or read. */
  byte[] head() {
    return head;
  }

  /** The number of bytes read. */
  long offset() {
    return offset;
  }

  long size() throws IOException {
    return file.size();
  }

  StorageFile file() {
    return file;
  }

  /** Continues with a new descriptor of the same file. */
  void reopen(StorageFile newFile) throws IOException {
    file.close();
    file = newFile;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
