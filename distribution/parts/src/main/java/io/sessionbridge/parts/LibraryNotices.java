package io.sessionbridge.parts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/**
 * What an archive says of the libraries in it.
 *
 * @param parts the text of its bill of materials
 * @param licences the text of its list of licences
 */
public record LibraryNotices(String parts, String licences) {

  /**
   * Checks that both name each library.
   *
   * @param jars the names of the files, those of our own modules too
   */
  public void assertName(List<String> jars) {
    List<String> libraries =
        jars.stream()
            .filter(jar -> !jar.startsWith("sessionbridge-"))
            .map(jar -> jar.replaceFirst("-[0-9].*", ""))
            .toList();
    assertThat(libraries).isNotEmpty();
    for (String library : libraries) {
      assertThat(parts).contains("\"name\" : \"" + library + "\"");
      assertThat(licences).contains(":" + library + " ");
    }
  }
}
