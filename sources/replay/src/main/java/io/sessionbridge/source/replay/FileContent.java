package io.sessionbridge.source.replay;

import io.sessionbridge.storage.StorageFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The bytes of an open file, in order. After each read it looks whether the file still holds what
 * was read before: another program may cut the file and fill it again past this place, and what was
 * read then does not continue what came before. One thread at a time.
 */
final class FileContent extends InputStream {

  private static final int CHUNK = 64 << 10;

  private final byte[] recent = new byte[Sample.LENGTH + CHUNK];
  private StorageFile file;
  private byte[] head;
  private int recentLength;
  private long offset;
  private boolean ended;

  /**
   * Reads from a place on.
   *
   * @param file is closed with this
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
    int count = file.read(ByteBuffer.wrap(to, at, Math.min(length, CHUNK)), offset);
    requireIntact();
    if (count <= 0) {
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

  @Override
  public int available() throws IOException {
    return (int) Math.max(0, Math.min(CHUNK, file.size() - offset));
  }

  private void requireIntact() throws IOException {
    if (!isIntact()) {
      throw new FileCutException();
    }
  }

  /** True if the file still holds what was read, as far as its samples tell. */
  boolean isIntact() throws IOException {
    if (file.size() < offset) {
      return false;
    }
    int length = Math.min(Sample.LENGTH, recentLength);
    byte[] before = Arrays.copyOfRange(recent, recentLength - length, recentLength);
    return Arrays.equals(Sample.read(file, 0, head.length), head)
        && Arrays.equals(Sample.read(file, offset - length, length), before);
  }

  /**
   * The fingerprint of the file as far as a place.
   *
   * @param end within what the last read gave
   */
  long fingerprint(long end) {
    int length = (int) Math.min(Sample.LENGTH, end);
    int to = Math.toIntExact(recentLength - (offset - end));
    return Sample.fingerprint(
        Arrays.copyOf(head, length), Arrays.copyOfRange(recent, to - length, to));
  }

  /** How the text is encoded; only of a file that is read from behind its beginning. */
  TextEncoding encoding() {
    int length = Math.min(head.length, TextEncoding.LONGEST_MARK);
    TextEncoding known = TextEncoding.detect(head, 0, length);
    return known == null ? TextEncoding.UTF_8 : known;
  }

  /** Takes note of the first bytes, as far as they are there. */
  void see() throws IOException {
    byte[] seen = head.length < Sample.LENGTH ? Sample.head(file) : head;
    if (seen.length > head.length && Sample.isPrefix(head, seen)) {
      head = seen;
    }
  }

  /** Reads no more: what the file has now does not continue what was read. */
  void end() {
    ended = true;
  }

  /** The first bytes that were seen or read. */
  byte[] head() {
    return head;
  }

  /** How far the file was read, in bytes. */
  long offset() {
    return offset;
  }

  long size() throws IOException {
    return file.size();
  }

  StorageFile file() {
    return file;
  }

  /** Goes on with another descriptor of the same file. */
  void reopen(StorageFile newFile) throws IOException {
    file.close();
    file = newFile;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
