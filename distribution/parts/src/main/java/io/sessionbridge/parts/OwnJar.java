package io.sessionbridge.parts;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The rules for a jar of our own modules. */
public final class OwnJar {

  /** Each class that concatenates by invokedynamic has this name in its constant pool. */
  private static final String LINKER = "java/lang/invoke/StringConcatFactory";

  private OwnJar() {}

  /**
   * Checks that no class links a concatenation of strings at run time, which costs time at the
   * start. The option {@code -XDstringConcat=inline} of the compiler prevents it.
   *
   * @param name of the jar, for the message
   */
  public static void assertConcatenatesInline(String name, InputStream jar) throws IOException {
    List<String> linked = new ArrayList<>();
    int classes = 0;
    try (ZipInputStream zip = new ZipInputStream(jar)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.getName().endsWith(".class")) {
          classes++;
          if (new String(zip.readAllBytes(), ISO_8859_1).contains(LINKER)) {
            linked.add(entry.getName());
          }
        }
      }
    }
    assertThat(classes).as("classes of " + name).isPositive();
    assertThat(linked).as("classes of " + name + " compiled without inline concat").isEmpty();
  }
}
