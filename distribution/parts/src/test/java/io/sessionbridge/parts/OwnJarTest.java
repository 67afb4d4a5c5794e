package io.sessionbridge.parts;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class OwnJarTest {

  /** Tests are compiled without the option. */
  private static final class Concatenation {
    static String of(int number) {
      return "number " + number;
    }
  }

  private static InputStream jarWith(Class<?> type) throws IOException {
    String name = type.getName().replace('.', '/') + ".class";
    ByteArrayOutputStream jar = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(jar);
        InputStream file = type.getClassLoader().getResourceAsStream(name)) {
      zip.putNextEntry(new ZipEntry(name));
      file.transferTo(zip);
    }
    return new ByteArrayInputStream(jar.toByteArray());
  }

  @Test
  void refusesAConcatenationThatIsLinkedAtRunTime() throws Exception {
    InputStream jar = jarWith(Concatenation.class);
    assertThatThrownBy(() -> OwnJar.assertConcatenatesInline(Concatenation.of(1), jar))
        .isInstanceOf(AssertionError.class)
        .hasMessageContainingAll("number 1", "OwnJarTest$Concatenation.class");
  }

  @Test
  void acceptsAClassOfTheBuild() throws Exception {
    InputStream jar = jarWith(LibraryNotices.class);
    assertThatCode(() -> OwnJar.assertConcatenatesInline("jar", jar)).doesNotThrowAnyException();
  }

  @Test
  void refusesAJarWithoutClasses() throws Exception {
    ByteArrayOutputStream empty = new ByteArrayOutputStream();
    new ZipOutputStream(empty).close();
    InputStream jar = new ByteArrayInputStream(empty.toByteArray());
    assertThatThrownBy(() -> OwnJar.assertConcatenatesInline("jar", jar))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("classes of jar");
  }
}
