package io.sessionbridge.windows.service;

import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;

/**
 * JNA's native library as a file. By default JNA unpacks it into the temporary folder at each
 * start, from where a system service should not load code.
 */
public final class JnaLibrary {

  private static final String NAME = "jnidispatch.dll";

  private JnaLibrary() {}

  /**
   * Writes the library into an existing folder, unless it is already there.
   *
   * @throws IOException also if a different version is in use there
   */
  public static void unpack(Path folder) throws IOException {
    byte[] wanted = read();
    Path file = folder.resolve(NAME);
    if (Files.exists(file)
        && Files.size(file) == wanted.length
        && Arrays.equals(Files.readAllBytes(file), wanted)) {
      return;
    }
    Path whole = Files.write(folder.resolve(NAME + ".new"), wanted);
    try {
      Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (FileSystemException e) {
      throw new IOException(file + " cannot be replaced; stop the service first", e);
    }
  }

  private static byte[] read() throws IOException {
    String resource = "/com/sun/jna/" + Platform.RESOURCE_PREFIX + "/" + NAME;
    try (InputStream in = Native.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new FileNotFoundException("JNA has no " + resource);
      }
      return in.readAllBytes();
    }
  }

  /** Java options that load the library from that folder only. */
  public static List<String> options(Path folder) {
    return List.of("-Djna.boot.library.path=" + folder, "-Djna.nounpack=true");
  }
}
