package io.sessionbridge.source.replay;

import io.sessionbridge.storage.FileStorage;
import io.sessionbridge.storage.Storage;
import io.sessionbridge.storage.StorageFile;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;

/** The real disk, which refuses what a test wants it to refuse, or reports other sizes. */
final class TestingDisk {

  private static final long RIGHT = -1;

  private final FileStorage real = new FileStorage();
  private boolean denies;
  private boolean failsToRead;
  private long wrongSize = RIGHT;
  private int reads;

  /** Lets no file be opened any more, or again. */
  void deny(boolean deny) {
    denies = deny;
  }

  /** Lets each read fail, or none, as a disk with a bad sector or a network's disk does. */
  void failToRead(boolean fail) {
    failsToRead = fail;
  }

  /** Reports this size of each open file, as a network drive does that caches it. */
  void reportSize(long size) {
    wrongSize = size;
  }

  void reportRightSize() {
    wrongSize = RIGHT;
  }

  /** How often a file was read. */
  int reads() {
    return reads;
  }

  Storage storage() {
    return (Storage)
        Proxy.newProxyInstance(
            Storage.class.getClassLoader(),
            new Class<?>[] {Storage.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("openReadOnly")) {
                return open((Path) arguments[0]);
              }
              throw new UnsupportedOperationException(method.getName());
            });
  }

  private StorageFile open(Path path) throws IOException {
    if (denies) {
      throw new AccessDeniedException(path.toString());
    }
    StorageFile file = real.openReadOnly(path);
    return (StorageFile)
        Proxy.newProxyInstance(
            StorageFile.class.getClassLoader(),
            new Class<?>[] {StorageFile.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("size") && wrongSize != RIGHT) {
                return wrongSize;
              }
              if (method.getName().equals("read")) {
                reads++;
                if (failsToRead) {
                  throw new IOException("Input/output error");
                }
              }
              try {
                return method.invoke(file, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
