package io.sessionbridge.packages;

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
 * Copies a jar without the native code of other systems. A library in which nothing is left out is
 * copied as it is; of a signed one nothing may be left out. Our own jars are written anew: Maven
 * puts the modes of its files into them, which depend on the umask.
 */
final class SlimJar {

  private static final String OWN = "sessionbridge-";

  /** Of each entry, so that neither the day nor the time zone of a build is in it. */
  private static final LocalDateTime ALWAYS = LocalDateTime.of(1980, 2, 1, 0, 0);

  /** Ends of names by which Java loads native code. */
  private static final Pattern NATIVE = Pattern.compile(".*\\.(so|dll|dylib|jnilib|a)(\\..*)?");

  /** The folders for the Linux machines that packages are for. */
  private static final Pattern KEPT =
      Pattern.compile(
          "(linux/(amd64|aarch64)|org/xerial/snappy/native/Linux/(x86_64|aarch64)"
              + "|com/sun/jna/linux-(x86-64|aarch64)|net/jpountz/util/linux/(amd64|aarch64))/.*");

  private static final Pattern SIGNATURE = Pattern.compile("META-INF/[^/]+\\.(RSA|DSA|EC)");

  private SlimJar() {}

  static void forLinux(Path from, Path to) throws IOException {
    try (ZipFile jar = new ZipFile(from.toFile())) {
      List<? extends ZipEntry> all = jar.stream().toList();
      boolean complete = all.stream().allMatch(entry -> isKept(entry.getName()));
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
        write(jar, out);
      }
    }
  }

  static boolean isKept(String name) {
    return !NATIVE.matcher(name).matches() || KEPT.matcher(name).matches();
  }

  private static void write(ZipFile jar, ZipOutputStream out) throws IOException {
    Enumeration<? extends ZipEntry> entries = jar.entries();
    while (entries.hasMoreElements()) {
      ZipEntry entry = entries.nextElement();
      if (!isKept(entry.getName())) {
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
