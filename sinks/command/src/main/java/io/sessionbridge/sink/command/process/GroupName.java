package io.sessionbridge.sink.command.process;

import io.sessionbridge.pattern.UserPattern;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The name of a group, split as patterns for accounts need it: {@code DOMAIN\group}, a plain name
 * or a SID.
 */
record GroupName(@Nullable String name, @Nullable String domain, @Nullable String sid) {

  static GroupName of(String text) {
    if (text.regionMatches(true, 0, "S-1-", 0, 4)) {
      return new GroupName(null, null, text);
    }
    int backslash = text.indexOf('\\');
    return backslash < 0
        ? new GroupName(text, null, null)
        : new GroupName(text.substring(backslash + 1), text.substring(0, backslash), null);
  }

  boolean isAny(List<UserPattern> patterns) {
    return patterns.stream().anyMatch(pattern -> pattern.matches(name, domain, sid, null));
  }
}
