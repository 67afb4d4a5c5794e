package io.sessionbridge.config;

import io.sessionbridge.config.ConfigNode.Items;
import io.sessionbridge.config.ConfigNode.Nothing;
import io.sessionbridge.config.ConfigNode.Place;
import io.sessionbridge.config.ConfigNode.Section;
import io.sessionbridge.config.ConfigNode.Text;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads a YAML file into {@link ConfigNode}s: one document, no anchors, no key twice. */
public final class ConfigFile {

  /** The longest file that is read; a configuration has a few hundred bytes. */
  private static final long MAX_BYTES = 1 << 20;

  private final String file;
  private final Path folder;
  private final Problems problems;

  private ConfigFile(String file, Path folder, Problems problems) {
    this.file = file;
    this.folder = folder;
    this.problems = problems;
  }

  /**
   * Reads the file. Relative paths in it are meant from the folder it stands in.
   *
   * @return the tree; an empty section if the file cannot be read at all, with the problem told
   */
  public static Section read(Path path, Problems problems) {
    String name = path.toString();
    Path folder = path.toAbsolutePath().normalize().getParent();
    if (folder == null) {
      folder = path.toAbsolutePath();
    }
    ConfigFile reader = new ConfigFile(name, folder, problems);
    try {
      if (Files.isDirectory(path)) {
        return reader.nothing("is a folder, a file is needed");
      }
      if (Files.size(path) > MAX_BYTES) {
        return reader.nothing("has " + Files.size(path) + " bytes, more than " + MAX_BYTES);
      }
      return reader.parse(Files.readString(path));
    } catch (NoSuchFileException e) {
      return reader.nothing("there is no such file");
    } catch (CharacterCodingException e) {
      return reader.nothing("is not UTF-8 text");
    } catch (IOException e) {
      return reader.nothing("cannot be read: " + e);
    }
  }

  /** Reads text as if it stood in a file of that name in that folder. */
  public static Section parse(String name, Path folder, String text, Problems problems) {
    return new ConfigFile(name, folder, problems).parse(text);
  }

  private Section nothing(String problem) {
    problems.add(file, 0, problem);
    return new Section(new Place(file, folder, 0, ""), Map.of());
  }

  private Section parse(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(0);
    Place root = new Place(file, folder, 1, "");
    try {
      String withoutMark = text.startsWith("\uFEFF") ? text.substring(1) : text;
      Iterator<Node> documents =
          new Yaml(options).composeAll(new StringReader(withoutMark)).iterator();
      if (!documents.hasNext()) {
        return new Section(root, Map.of());
      }
      ConfigNode document = convert(documents.next(), root);
      if (documents.hasNext()) {
        problems.add(file, line(documents.next()), "a second document begins here, one is read");
      }
      if (document instanceof Section section) {
        return section;
      }
      problems.add(file, 1, "must be keys and values, was " + document.found());
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
      problems.add(file, line, "not YAML: " + e.getProblem());
    } catch (YAMLException e) {
      problems.add(file, 0, "not YAML: " + e.getMessage());
    }
    return new Section(root, Map.of());
  }

  private static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }

  private ConfigNode convert(Node node, Place place) {
    if (node.getAnchor() != null) {
      problems.add(file, line(node), "anchors (&" + node.getAnchor() + ") are not supported");
    }
    if (node instanceof MappingNode mapping) {
      return section(mapping, place);
    }
    if (node instanceof SequenceNode sequence) {
      return items(sequence, place);
    }
    ScalarNode scalar = (ScalarNode) node;
    boolean plain = scalar.isPlain();
    if (plain && (scalar.getValue().isEmpty() || scalar.getTag().equals(Tag.NULL))) {
      return new Nothing(place);
    }
    return new Text(place, scalar.getValue());
  }

  private ConfigNode items(SequenceNode sequence, Place place) {
    List<ConfigNode> values = new ArrayList<>();
    for (Node value : sequence.getValue()) {
      values.add(convert(value, place.at(line(value), String.valueOf(values.size() + 1))));
    }
    return new Items(place, values);
  }

  private ConfigNode section(MappingNode mapping, Place place) {
    Map<String, ConfigNode> values = new LinkedHashMap<>();
    for (NodeTuple entry : mapping.getValue()) {
      int line = line(entry.getKeyNode());
      if (!(entry.getKeyNode() instanceof ScalarNode key)) {
        problems.add(file, line, "a key must be a single word");
        continue;
      }
      Place child = place.at(line, key.getValue());
      ConfigNode earlier = values.get(key.getValue());
      if (earlier != null) {
        problems.add(
            file, line, child.path() + " stands here twice, first in line " + earlier.line());
        continue;
      }
      values.put(key.getValue(), convert(entry.getValueNode(), child));
    }
    return new Section(place, values);
  }
}
