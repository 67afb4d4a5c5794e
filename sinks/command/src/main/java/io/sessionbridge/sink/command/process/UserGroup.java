package io.sessionbridge.sink.command.process;

import io.sessionbridge.pattern.UserPattern;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A group that a user is in.
 *
 * @param sid where the system knows groups by one
 * @param name finds the name, which may involve a server
 */
public record UserGroup(Optional<String> sid, Name name) {

  /** The name of a group. */
  public interface Name {
    /**
     * As {@code DOMAIN\\group} or a plain name; empty if it has none.
     *
     * @throws IOException if it cannot be determined now
     */
    Optional<String> find() throws IOException, InterruptedException;
  }

  /**
   * Whether one of the groups matches one of the patterns. Finds no names if SIDs decide.
   *
   * @throws IOException if no known group matches and a name cannot be determined
   */
  public static boolean isAny(List<UserGroup> groups, List<UserPattern> patterns)
      throws IOException, InterruptedException {
    for (UserGroup group : groups) {
      if (group.sid().filter(sid -> GroupName.of(sid).isAny(patterns)).isPresent()) {
        return true;
      }
    }
    return patterns.stream().anyMatch(UserGroup::needsName) && isNamed(groups, patterns);
  }

  private static boolean isNamed(List<UserGroup> groups, List<UserPattern> patterns)
      throws IOException, InterruptedException {
    @Nullable IOException unknown = null;
    for (UserGroup group : groups) {
      try {
        if (group.name().find().filter(name -> GroupName.of(name).isAny(patterns)).isPresent()) {
          return true;
        }
      } catch (IOException e) {
        if (unknown == null) {
          unknown = e;
        } else {
          unknown.addSuppressed(e);
        }
      }
    }
    if (unknown != null) {
      throw unknown;
    }
    return false;
  }

  private static boolean needsName(UserPattern pattern) {
    return GroupName.of(pattern.toString()).sid() == null;
  }
}
