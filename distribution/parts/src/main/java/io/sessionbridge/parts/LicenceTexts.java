package io.sessionbridge.parts;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sessionbridge.parts.Parts.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Finds the text of a library's licence: in its jar, else in a file of ours with the library's
 * name, else in one with the licence's name.
 */
final class LicenceTexts {

  private static final Pattern LICENCE =
      Pattern.compile(
          "(META-INF/)?(LICENSE(-2\\.0)?|LICENCE|COPYING|AL2\\.0|LGPL2\\.1)(\\.txt|\\.md)?");
  private static final Pattern NOTICE = Pattern.compile("(META-INF/)?NOTICE(\\.txt|\\.md)?");

  private final Path own;

  /** With a folder of texts that jars lack. */
  LicenceTexts(Path own) {
    this.own = own;
  }

  /**
   * At least one text.
   *
   * @throws IOException if there is none, with what to add
   */
  List<String> of(Part part, Path jar) throws IOException {
    List<String> inside = read(jar, LICENCE);
    if (!inside.isEmpty()) {
      return inside;
    }
    Path byName = own.resolve(part.name() + ".txt");
    if (Files.exists(byName)) {
      return List.of(text(Files.readString(byName)));
    }
    for (String licence : part.licences()) {
      Path byLicence = own.resolve(licence.replaceAll("[^A-Za-z0-9.+-]", "-") + ".txt");
      if (Files.exists(byLicence)) {
        return List.of(text(Files.readString(byLicence)));
      }
    }
    throw new IOException(
        jar.getFileName()
            + " ("
            + String.join(", ", part.licences())
            + ") has no text of its licence: add "
            + byName);
  }

  Optional<String> notice(Path jar) throws IOException {
    return read(jar, NOTICE).stream().findFirst();
  }

  private static List<String> read(Path jar, Pattern names) throws IOException {
    List<String> texts = new ArrayList<>();
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        if (names.matcher(entry.getName()).matches()) {
          texts.add(text(new String(zip.getInputStream(entry).readAllBytes(), UTF_8)));
        }
      }
    }
    return texts;
  }

  /** One kind of line end, so that equal texts are equal. */
  private static String text(String read) {
    return read.replace("\r\n", "\n").stripTrailing() + "\n";
  }
}
