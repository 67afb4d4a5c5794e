package io.sessionbridge.config.tree;

import io.sessionbridge.config.Place;
import io.sessionbridge.config.Problems;
import io.sessionbridge.config.SecretText;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.ParserException;

/**
 * Builds the tree of nodes from the events of the YAML parser. Unlike the parser's own tree, the
 * events preserve quotes, tags and duplicate keys, and an alias is refused before it is expanded.
 */
public final class YamlTree {
  private static final int DEEPEST = 20;
  private static final Set<String> NOTHING = Set.of("", "~", "null", "Null", "NULL");

  private final Iterator<Event> events;
  private final Problems problems;
  private boolean whole = true;

  private YamlTree(Iterator<Event> events, Problems problems) {
    this.events = events;
    this.problems = problems;
  }

  /** The top node; empty if the tree is incomplete, with the reason in {@code problems}. */
  public static Optional<ConfigNode> read(String file, String text, Problems problems) {
    Iterator<Event> events = new Yaml(new LoaderOptions()).parse(new StringReader(text)).iterator();
    YamlTree tree = new YamlTree(events, problems);
    try {
      ConfigNode top = tree.document(Place.top(file));
      return tree.whole ? Optional.of(top) : Optional.empty();
    } catch (YAMLException e) {
      problems.add(YamlFault.problem(file, text, e));
      return Optional.empty();
    }
  }

  private ConfigNode document(Place top) {
    events.next(); // the start of the stream
    if (!events.next().is(Event.ID.DocumentStart)) {
      return new ConfigEmpty(top);
    }
    ConfigNode node = node(events.next(), top, 0);
    events.next(); // the end of the document
    Event after = events.next();
    if (after.is(Event.ID.DocumentStart)) {
      refuse(
          new Place(top.file(), line(after), ""),
          "a second document starts here, only one is allowed");
    }
    return node;
  }

  private ConfigNode node(Event event, Place place, int depth) {
    if (depth > DEEPEST) {
      throw new ParserException(
          null, null, "deeper than " + DEEPEST + " levels", event.getStartMark());
    }
    refuseExtras(event, place);
    return switch (event.getEventId()) {
      case MappingStart -> mapping(place, depth);
      case SequenceStart -> list(place, depth);
      case Scalar -> scalar((ScalarEvent) event, place);
      default -> new ConfigEmpty(place);
    };
  }

  private ConfigMapping mapping(Place place, int depth) {
    Map<String, ConfigNode> entries = new LinkedHashMap<>();
    for (Event key = events.next(); !key.is(Event.ID.MappingEnd); key = events.next()) {
      String name = name(key, place, depth);
      Place at = place.child(name, line(key));
      ConfigNode value = node(events.next(), at, depth + 1);
      ConfigNode first = entries.putIfAbsent(name, value);
      if (first != null) {
        problems.add(at, "appears twice, first in line " + first.place().line());
      }
    }
    return new ConfigMapping(place, entries);
  }

  private String name(Event key, Place place, int depth) {
    Place at = new Place(place.file(), line(key), place.path());
    ConfigNode node = node(key, at, depth + 1);
    Optional<String> name = node.text();
    if (name.isEmpty()) {
      refuse(at, "has a key that is not text, was " + node.found());
      return "";
    }
    if (name.get().equals("<<")) {
      refuse(at, "has a merge key (<<), which is not supported");
    }
    return name.get();
  }

  private ConfigList list(Place place, int depth) {
    List<ConfigNode> items = new ArrayList<>();
    for (Event item = events.next(); !item.is(Event.ID.SequenceEnd); item = events.next()) {
      items.add(node(item, place.item(items.size(), line(item)), depth + 1));
    }
    return new ConfigList(place, items);
  }

  private static ConfigNode scalar(ScalarEvent event, Place place) {
    boolean nothing = event.isPlain() && NOTHING.contains(event.getValue());
    return nothing ? new ConfigEmpty(place) : new ConfigText(place, event.getValue());
  }

  private void refuseExtras(Event event, Place place) {
    if (event.is(Event.ID.Alias)) {
      String name = "*" + ((NodeEvent) event).getAnchor();
      refuse(
          place, "is an alias, which is not supported; put text in quotes" + example(place, name));
      return;
    }
    if (((NodeEvent) event).getAnchor() != null) {
      String name = "&" + ((NodeEvent) event).getAnchor();
      refuse(
          place,
          "has an anchor, which is not supported; put text in quotes" + example(place, name));
    }
    String tag = tag(event);
    if (tag != null) {
      refuse(place, "has a tag, which is not supported; put text in quotes" + example(place, tag));
    }
  }

  private static String example(Place place, String text) {
    return SecretText.isUnder(place.path()) ? "" : ": \"" + text + "\"";
  }

  private static @Nullable String tag(Event event) {
    return event instanceof ScalarEvent scalar
        ? scalar.getTag()
        : ((CollectionStartEvent) event).getTag();
  }

  private void refuse(Place place, String text) {
    whole = false;
    problems.add(place, text);
  }

  private static int line(Event event) {
    return event.getStartMark().getLine() + 1;
  }
}
