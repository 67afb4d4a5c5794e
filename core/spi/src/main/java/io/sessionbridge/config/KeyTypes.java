package io.sessionbridge.config;

import io.sessionbridge.config.ConfigNode.Items;
import io.sessionbridge.config.ConfigNode.Nothing;
import io.sessionbridge.config.ConfigNode.Section;
import io.sessionbridge.config.ConfigNode.Text;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The types that keys have. */
final class KeyTypes {

  static final KeyType<String> TEXT = scalar("text", text -> text, value -> value);
  static final KeyType<Long> INTEGER =
      scalar("whole number", KeyTypes::integer, value -> Long.toString(value));
  static final KeyType<Boolean> FLAG =
      scalar("true or false", KeyTypes::flag, value -> Boolean.toString(value));
  static final KeyType<Long> BYTES = scalar("size", KeyTypes::bytes, Quantities::write);
  static final KeyType<Duration> DURATION =
      scalar("duration", KeyTypes::duration, Quantities::write);

  private KeyTypes() {}

  /** Reads one single value. */
  private interface TextReader<T> {
    T read(String text) throws KeyType.Misfit;
  }

  private static <T> KeyType<T> scalar(
      String word, TextReader<T> reader, Function<T, String> writer) {
    return new KeyType<>() {
      @Override
      public String word() {
        return word;
      }

      @Override
      public T read(ConfigNode node, Problems problems) throws Misfit {
        return reader.read(single(node, word));
      }

      @Override
      public String write(T value) {
        return writer.apply(value);
      }
    };
  }

  private static String single(ConfigNode node, String word) throws KeyType.Misfit {
    if (node instanceof Text text) {
      return text.value();
    }
    throw new KeyType.Misfit("must be " + article(word) + ", was " + node.found());
  }

  private static String article(String word) {
    return word.equals("text") || word.startsWith("true") || word.startsWith("one of")
        ? word
        : "a " + word;
  }

  private static Long integer(String text) throws KeyType.Misfit {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new KeyType.Misfit("must be a whole number, was " + text);
    }
  }

  private static Boolean flag(String text) throws KeyType.Misfit {
    if (text.equals("true") || text.equals("false")) {
      return text.equals("true");
    }
    throw new KeyType.Misfit("must be true or false, was " + text);
  }

  private static Long bytes(String text) throws KeyType.Misfit {
    return Quantities.parseBytes(text)
        .orElseThrow(() -> unit("a size", "64KiB", Quantities.byteUnits(), text));
  }

  private static Duration duration(String text) throws KeyType.Misfit {
    return Quantities.parseDuration(text)
        .orElseThrow(() -> unit("a duration", "30s", Quantities.timeUnits(), text));
  }

  private static KeyType.Misfit unit(String what, String example, String units, String text) {
    return new KeyType.Misfit(
        "must be " + what + " with its unit (" + units + ") like " + example + ", was " + text);
  }

  /** A path; a relative one is meant from the folder of the configuration file. */
  static KeyType<Path> path() {
    return new KeyType<>() {
      @Override
      public String word() {
        return "path";
      }

      @Override
      public Path read(ConfigNode node, Problems problems) throws Misfit {
        String text = single(node, word());
        try {
          return node.place().folder().resolve(text);
        } catch (InvalidPathException e) {
          throw new Misfit("must be a path, was " + text);
        }
      }
    };
  }

  /** One of the constants, written in lower case. */
  static <E extends Enum<E>> KeyType<E> oneOf(Class<E> type) {
    List<String> names = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      names.add(lower(constant));
    }
    String all = String.join(", ", names);
    return new KeyType<>() {
      @Override
      public String word() {
        return "one of " + all;
      }

      @Override
      public E read(ConfigNode node, Problems problems) throws Misfit {
        String text = single(node, word());
        for (E constant : type.getEnumConstants()) {
          if (lower(constant).equals(text)) {
            return constant;
          }
        }
        throw new Misfit(
            "must be one of " + all + ", was " + text + Suggestion.question(text, names));
      }

      @Override
      public String write(E value) {
        return lower(value);
      }
    };
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** Several values of a type, as a YAML list. */
  static <T> KeyType<List<T>> listOf(KeyType<T> element) {
    return new KeyType<>() {
      @Override
      public String word() {
        return "list of " + element.word();
      }

      @Override
      public List<T> read(ConfigNode node, Problems problems) throws Misfit {
        if (!(node instanceof Items items)) {
          throw new Misfit("must be a list like [a, b], was " + node.found());
        }
        List<T> values = new ArrayList<>();
        for (ConfigNode item : items.values()) {
          try {
            values.add(element.read(item, problems));
          } catch (Misfit misfit) {
            problems.add(item, misfit.text());
          }
        }
        return List.copyOf(values);
      }

      @Override
      public String write(List<T> value) {
        return value.stream().map(element::write).toList().toString();
      }
    };
  }

  /** Text by name, in the order of the file, for what is passed on to a library. */
  static KeyType<Map<String, String>> properties() {
    return new KeyType<>() {
      @Override
      public String word() {
        return "section of names and values";
      }

      @Override
      public Map<String, String> read(ConfigNode node, Problems problems) throws Misfit {
        if (!(node instanceof Section section)) {
          throw new Misfit("must be names and values, was " + node.found());
        }
        Map<String, String> values = new LinkedHashMap<>();
        section.values().forEach((name, value) -> putProperty(name, value, values, problems));
        return values;
      }
    };
  }

  private static void putProperty(
      String name, ConfigNode value, Map<String, String> values, Problems problems) {
    if (value instanceof Text text) {
      values.put(name, text.value());
    } else if (value instanceof Nothing) {
      values.put(name, "");
    } else {
      problems.add(value, "must be text, was " + value.found());
    }
  }

  /** A section with keys of its own. */
  static <S> KeyType<S> section(ConfigSpec<S> spec) {
    return new KeyType<>() {
      @Override
      public String word() {
        return "section";
      }

      @Override
      public S read(ConfigNode node, Problems problems) throws Misfit {
        if (!(node instanceof Section section)) {
          throw new Misfit("must be a section of keys, was " + node.found());
        }
        return spec.read(section, problems)
            .orElseThrow(() -> new Misfit("")); // the reasons are told already
      }
    };
  }
}
