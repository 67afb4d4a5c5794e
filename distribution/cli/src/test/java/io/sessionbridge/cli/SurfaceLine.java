package io.sessionbridge.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One thing that users build on: {@code <promise> <name> = <facts>}.
 *
 * @param subject what it is about, for instance {@code key sink kafka topic}
 * @param facts its type, default and the like; empty if its existence is all
 */
record SurfaceLine(String subject, String facts) {

  private static final String SEPARATOR = " = ";

  static SurfaceLine of(Promise promise, String name, String facts) {
    return new SurfaceLine(promise.word() + " " + name, facts);
  }

  static SurfaceLine parse(String line) {
    int at = line.indexOf(SEPARATOR);
    return at < 0
        ? new SurfaceLine(line, "")
        : new SurfaceLine(line.substring(0, at), line.substring(at + SEPARATOR.length()));
  }

  @Override
  public String toString() {
    return facts.isEmpty() ? subject : subject + SEPARATOR + facts;
  }

  /** A sentence for each difference, with what users lose by it and what to do. */
  static List<String> differences(List<SurfaceLine> promised, List<SurfaceLine> found) {
    Map<String, SurfaceLine> before = index(promised);
    Map<String, SurfaceLine> now = index(found);
    List<String> sentences = new ArrayList<>();
    before.forEach((subject, line) -> sentences.addAll(difference(line, now.get(subject))));
    now.forEach(
        (subject, line) -> {
          if (!before.containsKey(subject)) {
            sentences.add("New: `" + line + "`. Growing is fine: add this line to the file.");
          }
        });
    return sentences;
  }

  private static List<String> difference(SurfaceLine before, SurfaceLine now) {
    if (before.equals(now)) {
      return List.of();
    }
    String loss = Promise.of(before.subject()).loss();
    return List.of(
        now == null
            ? "Missing: `" + before + "`. Keep it: without it, " + loss + "."
            : "Changed: `"
                + before.subject()
                + "` was `"
                + before.facts()
                + "`, is `"
                + now.facts()
                + "`. Change the line only if no user can notice; otherwise, "
                + loss
                + ".");
  }

  private static Map<String, SurfaceLine> index(List<SurfaceLine> lines) {
    Map<String, SurfaceLine> index = new TreeMap<>();
    for (SurfaceLine line : lines) {
      SurfaceLine twice = index.put(line.subject(), line);
      if (twice != null) {
        throw new AssertionError("two lines about `" + line.subject() + "`");
      }
    }
    return index;
  }
}
