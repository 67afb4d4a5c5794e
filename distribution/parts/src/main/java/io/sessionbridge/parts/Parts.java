package io.sessionbridge.parts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The components in a bill of materials of CycloneDX, as JSON, which is YAML too. */
final class Parts {

  /** SnakeYAML's own limit is 3 MiB. */
  private static final int LARGEST = 16 << 20;

  private static final Pattern CLASSIFIER = Pattern.compile("[?&]classifier=([^&]+)");

  /**
   * A library.
   *
   * @param classifier of its jar, empty if that has none
   * @param licences the names of those it may be used under, as it says itself
   * @param hashes of its jar, in hexadecimal, by algorithm as CycloneDX names it
   */
  record Part(
      String group,
      String name,
      String version,
      String classifier,
      List<String> licences,
      Map<String, String> hashes) {

    String jar() {
      return name + "-" + version + (classifier.isEmpty() ? "" : "-" + classifier) + ".jar";
    }
  }

  private Parts() {}

  static List<Part> read(Path file) throws IOException {
    return parse(Files.readString(file));
  }

  static List<Part> parse(String list) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(LARGEST);
    Map<?, ?> bill = new Yaml(new SafeConstructor(options)).load(list);
    List<Part> parts = new ArrayList<>();
    for (Object one : list(bill, "components")) {
      Map<?, ?> component = (Map<?, ?>) one;
      parts.add(
          new Part(
              text(component, "group"),
              text(component, "name"),
              text(component, "version"),
              classifier(text(component, "purl")),
              licences(component),
              hashes(component)));
    }
    return parts;
  }

  /** Of a package URL, such as {@code pkg:maven/g/a@1?classifier=linux-x86_64&type=jar}. */
  private static String classifier(String url) {
    Matcher found = CLASSIFIER.matcher(url);
    return found.find() ? found.group(1) : "";
  }

  private static List<String> licences(Map<?, ?> component) {
    List<String> names = new ArrayList<>();
    for (Object one : list(component, "licenses")) {
      Map<?, ?> choice = (Map<?, ?>) one;
      Object expression = choice.get("expression");
      if (expression != null) {
        names.add(expression.toString());
        continue;
      }
      Map<?, ?> licence = (Map<?, ?>) Objects.requireNonNull(choice.get("license"));
      Object id = licence.get("id");
      names.add(id == null ? text(licence, "name") : id.toString());
    }
    return names;
  }

  private static Map<String, String> hashes(Map<?, ?> component) {
    Map<String, String> hashes = new LinkedHashMap<>();
    for (Object one : list(component, "hashes")) {
      Map<?, ?> hash = (Map<?, ?>) one;
      hashes.put(text(hash, "alg"), text(hash, "content"));
    }
    return hashes;
  }

  private static List<?> list(Map<?, ?> of, String key) {
    return of.get(key) instanceof List<?> list ? list : List.of();
  }

  private static String text(Map<?, ?> of, String key) {
    Object value = of.get(key);
    return value == null ? "" : value.toString();
  }
}
