package io.sessionbridge.parts;

import io.sessionbridge.parts.Parts.Part;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a package says of the libraries in it: each with its licences, and each text once. */
final class ThirdParty {

  private static final String OWN = "sessionbridge-";
  private static final String LINE = "=".repeat(78);

  private final Map<String, Integer> texts = new LinkedHashMap<>();
  private final List<String> entries = new ArrayList<>();
  private final Map<String, String> notices = new LinkedHashMap<>();

  private ThirdParty() {}

  /**
   * Looks at the jars of a package.
   *
   * @throws IOException if one is in no list of parts or has no text of a licence
   */
  static ThirdParty of(List<Part> parts, List<Path> jars, LicenceTexts texts) throws IOException {
    Map<String, Part> byJar =
        parts.stream().collect(Collectors.toMap(Part::jar, part -> part, (a, b) -> a));
    ThirdParty all = new ThirdParty();
    for (Path jar : jars) {
      String name = jar.getFileName().toString();
      if (name.startsWith(OWN)) {
        continue;
      }
      Part part = byJar.get(name);
      if (part == null) {
        throw new IOException(name + " is not in the list of parts, so its licence is unknown");
      }
      all.add(part, jar, texts);
    }
    return all;
  }

  private void add(Part part, Path jar, LicenceTexts found) throws IOException {
    List<String> numbers = new ArrayList<>();
    for (String text : found.of(part, jar)) {
      numbers.add(texts.computeIfAbsent(text, any -> texts.size() + 1).toString());
    }
    entries.add(
        "%s:%s %s%n  %s%n  %s %s"
            .formatted(
                part.group(),
                part.name(),
                part.version(),
                String.join(", ", part.licences()),
                numbers.size() == 1 ? "text" : "texts",
                String.join(", ", numbers))
            .replace(System.lineSeparator(), "\n"));
    found.notice(jar).ifPresent(notice -> notices.putIfAbsent(notice, part.name()));
  }

  String text() {
    StringBuilder all = new StringBuilder("Libraries in this package, and their licences\n\n");
    all.append(String.join("\n", entries)).append('\n');
    texts.forEach(
        (text, number) ->
            all.append('\n')
                .append(LINE)
                .append("\nText ")
                .append(number)
                .append('\n')
                .append(LINE)
                .append("\n\n")
                .append(text));
    return all.toString();
  }

  /** What the Apache License asks to pass on. */
  String notice() {
    StringBuilder all = new StringBuilder("SessionBridge\n\nThis product contains:\n");
    notices.forEach(
        (notice, name) ->
            all.append('\n').append(LINE).append('\n').append(name).append("\n\n").append(notice));
    return all.toString();
  }
}
