package io.sessionbridge.parts;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Enumeration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Copies a jar without native code for other platforms. Copies a library as it is if it has none,
 * and refuses to shorten a signed one. Writes our own jars anew: Maven stores the modes of its
 * files in them, which depend on the umask.
 */
public final class SlimJar {

  /**
   * Where a copy goes; except for {@link #ANYWHERE} what it keeps is for x86-64 and ARM64 alone.
   */
  public enum For {
    LINUX(
        "linux/(amd64|aarch64)|org/xerial/snappy/native/Linux/(x86_64|aarch64)"
            + "|com/sun/jna/linux-(x86-64|aarch64)|net/jpountz/util/linux/(amd64|aarch64)"),
    LINUX_AND_WINDOWS(
        LINUX.folders
            + "|win/(amd64|aarch64)|org/xerial/snappy/native/Windows/(x86_64|aarch64)"
            + "|com/sun/jna/win32-(x86-64|aarch64)|net/jpountz/util/windows/amd64"),
    ANYWHERE("") {
      @Override
      public boolean keeps(String name) {
        return true;
      }
    };

    private final String folders;
    private final Pattern kept;

    For(String folders) {
      this.folders = folders;
      this.kept = Pattern.compile("(" + folders + ")/.*");
    }

    /** Whether an entry with this name stays. */
    public boolean keeps(String name) {
      return !NATIVE.matcher(name).matches() || kept.matcher(name).matches();
    }
  }

  private static final String OWN = "sessionbridge-";

  /** Of each entry, so that neither the day nor the time zone of a build is in it. */
  private static final LocalDateTime ALWAYS = LocalDateTime.of(1980, 2, 1, 0, 0);

  /** Ends of names by which Java loads native code. */
  private static final Pattern NATIVE = Pattern.compile(".*\\.(so|dll|dylib|jnilib|a)(\\..*)?");

  private static final Pattern SIGNATURE = Pattern.compile("META-INF/[^/]+\\.(RSA|DSA|EC)");

  private SlimJar() {}

  /**
   * Copies a jar to a file that must not exist.
   *
   * @throws IOException also if something would have to be left out of a signed jar
   */
  public static void copy(Path from, Path to, For target) throws IOException {
    try (ZipFile jar = new ZipFile(from.toFile())) {
      List<? extends ZipEntry> all = jar.stream().toList();
      boolean complete = all.stream().allMatch(entry -> target.keeps(entry.getName()));
      if (complete && !from.getFileName().toString().startsWith(OWN)) {
        Files.copy(from, to);
        return;
      }
      if (all.stream().anyMatch(entry -> SIGNATURE.matcher(entry.getName()).matches())) {
        throw new IOException(
            from.getFileName() + " is signed, so the native code in it cannot be left out");
      }
      try (OutputStream file = Files.newOutputStream(to);
          ZipOutputStream out = new ZipOutputStream(file)) {
        write(jar, out, target);
      }
    }
  }

  private static void write(ZipFile jar, ZipOutputStream out, For target) throws IOException {
    Enumeration<? extends ZipEntry> entries = jar.entries();
    while (entries.hasMoreElements()) {
      ZipEntry entry = entries.nextElement();
      if (!target.keeps(entry.getName())) {
        continue;
      }
      ZipEntry copy = new ZipEntry(entry.getName());
      copy.setTimeLocal(ALWAYS);
      out.putNextEntry(copy);
      jar.getInputStream(entry).transferTo(out);
      out.closeEntry();
    }
  }
}
