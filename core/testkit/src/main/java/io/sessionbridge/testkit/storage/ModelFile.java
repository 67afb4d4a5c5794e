package io.sessionbridge.testkit.storage;

import io.sessionbridge.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** An open file. Unusable after a crash of the disk or a kill of the process. */
final class ModelFile implements StorageFile {

  private final ModelStorage disk;
  private final Path path;
  private final boolean readOnly;
  private final int openedIn;
  private @Nullable ModelInode inode;

  ModelFile(ModelStorage disk, Path path, ModelInode inode, boolean readOnly) {
    this.disk = disk;
    this.path = path;
    this.inode = inode;
    this.readOnly = readOnly;
    this.openedIn = disk.generation();
  }

  private ModelInode inode(String operation) throws IOException {
    if (openedIn != disk.generation()) {
      throw new SimulatedCrash(operation);
    }
    ModelInode open = inode;
    if (open == null) {
      throw new IOException(path + " is closed");
    }
    return open;
  }

  private ModelInode writable(String operation) throws IOException {
    if (readOnly) {
      throw new IOException(path + " is open for reading only");
    }
    return inode(operation);
  }

  @Override
  public long size() throws IOException {
    synchronized (disk) {
      disk.faults().alive("size");
      return inode("size").size();
    }
  }

  @Override
  public boolean isInPlace() throws IOException {
    synchronized (disk) {
      disk.faults().alive("isInPlace");
      return disk.isAt(path, inode("isInPlace"));
    }
  }

  @Override
  public int read(ByteBuffer target, long position) throws IOException {
    synchronized (disk) {
      disk.faults().alive("read");
      int read = inode("read").read(target, position);
      disk.countRead(read);
      return read;
    }
  }

  @Override
  public void write(ByteBuffer source, long position) throws IOException {
    synchronized (disk) {
      ModelInode target = writable("write " + path);
      target.requireWritable(path);
      if (disk.faults().isFailing()) {
        int half = source.remaining() / 2;
        target.write(source.duplicate().limit(source.position() + half), position);
      }
      disk.faults().change("write " + path, () -> target.write(source, position));
    }
  }

  @Override
  public void truncate(long size) throws IOException {
    synchronized (disk) {
      ModelInode target = writable("truncate " + path);
      disk.faults().change("truncate " + path, () -> target.truncate(Math.toIntExact(size)));
    }
  }

  @Override
  public void force() throws IOException {
    synchronized (disk) {
      ModelInode target = writable("force " + path);
      target.requireWritable(path);
      boolean ignored = disk.sites().isIgnored("");
      if (disk.faults().isFailing()) {
        target.failForce();
      }
      disk.faults()
          .change(
              "force " + path,
              () -> {
                if (!ignored) {
                  target.force();
                }
              });
    }
  }

  @Override
  public void close() {
    inode = null;
  }
}
