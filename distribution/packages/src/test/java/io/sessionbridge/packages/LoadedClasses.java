package io.sessionbridge.packages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The named classes that a Java loaded, as its log tells. Classes without a name that another run
 * would know, such as lambdas and proxies, are left out.
 *
 * @param all every class
 * @param fromJars those that Java read from a jar and not from the class cache
 */
record LoadedClasses(SortedSet<String> all, SortedSet<String> fromJars) {

  private static final Pattern LINE =
      Pattern.compile("\\[class,load ?] ([\\w.$]+) source: (file:)?.*");

  private static final Pattern WITHOUT_NAME =
      Pattern.compile(".*\\$\\$.*|.*[./]\\$Proxy\\d+|.*Generated(Method|Constructor)Accessor\\d+");

  /** The option for Java that writes the log. */
  static String option(Path log) {
    return "-Xlog:class+load:file=" + log;
  }

  static LoadedClasses of(Path log) throws IOException {
    SortedSet<String> all = new TreeSet<>();
    SortedSet<String> fromJars = new TreeSet<>();
    List<String> lines = Files.readAllLines(log);
    for (String line : lines) {
      Matcher matcher = LINE.matcher(line);
      if (matcher.find() && !WITHOUT_NAME.matcher(matcher.group(1)).matches()) {
        all.add(matcher.group(1));
        if (matcher.group(2) != null) {
          fromJars.add(matcher.group(1));
        }
      }
    }
    return new LoadedClasses(all, fromJars);
  }
}
