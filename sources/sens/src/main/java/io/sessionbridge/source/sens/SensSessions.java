package io.sessionbridge.source.sens;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.spi.SessionDirectory;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Finds the session of an event that does not name it. */
final class SensSessions {

  private final Supplier<Optional<SessionDirectory>> directory;

  SensSessions(Supplier<Optional<SessionDirectory>> directory) {
    this.directory = directory;
  }

  private List<EventData> all() {
    return directory.get().map(SessionDirectory::all).orElseGet(List::of);
  }

  /** The user's session, if exactly one exists. */
  OptionalLong onlyOneOf(UserName user) {
    List<Long> found =
        all().stream()
            .filter(user::isUserOf)
            .map(session -> session.get(Field.SESSION_ID))
            .filter(Objects::nonNull)
            .toList();
    return found.size() == 1 ? OptionalLong.of(found.get(0)) : OptionalLong.empty();
  }

  /** Whether the session is at the console; also false if that is unknown. */
  boolean isAtConsole(long sessionId) {
    return all().stream()
        .filter(session -> Objects.equals(session.get(Field.SESSION_ID), sessionId))
        .anyMatch(session -> Objects.equals(session.get(Field.REMOTE), false));
  }
}
