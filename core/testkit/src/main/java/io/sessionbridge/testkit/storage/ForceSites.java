package io.sessionbridge.testkit.storage;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/** The places in the code under test that force, and which of them have no effect. */
final class ForceSites {

  private final Set<String> seen = new TreeSet<>();
  private final Set<String> ignored = new HashSet<>();

  Set<String> seen() {
    return Set.copyOf(seen);
  }

  void ignore(String site) {
    ignored.add(site);
  }

  /** Records the caller; true if its force has no effect. */
  boolean isIgnored(String suffix) {
    String site = site() + suffix;
    seen.add(site);
    return ignored.contains(site);
  }

  private static String site() {
    String here = ForceSites.class.getPackageName();
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames
                    .filter(frame -> !frame.getClassName().startsWith(here))
                    .findFirst()
                    .map(frame -> simpleName(frame.getClassName()) + "." + frame.getMethodName())
                    .orElse("unknown"));
  }

  private static String simpleName(String className) {
    return className.substring(className.lastIndexOf('.') + 1);
  }
}
