package io.sessionbridge.config.type;

import io.sessionbridge.config.Key;
import io.sessionbridge.config.Place;
import io.sessionbridge.config.SecretFile;
import io.sessionbridge.storage.SecretPermissions;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Parses a path, relative to the folder of the file that contains it. */
public final class PathText {
  private PathText() {}

  public static Path parse(String text, Place place) throws BadValueException {
    if (text.isBlank() || text.equals("-")) {
      throw new BadValueException("must be a path");
    }
    if (text.startsWith("~")) {
      throw new BadValueException("must be a path without ~");
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new BadValueException("must be a path, in single quotes if it has backslashes");
    }
    try {
      return Path.of(place.file()).toAbsolutePath().resolveSibling(text);
    } catch (InvalidPathException e) {
      throw new BadValueException("must be a path that this system allows");
    }
  }

  public static Path parseOrStandardStream(String text, Place place) throws BadValueException {
    return text.equals("-") ? Key.STANDARD_STREAM : parse(text, place);
  }

  public static SecretFile parseSecret(String text, Place place) throws BadValueException {
    return new SecretFile(parsePrivate(text, place), place.path());
  }

  /** Also checks the permissions of a file that exists. */
  public static Path parsePrivate(String text, Place place) throws BadValueException {
    Path path = parse(text, place);
    Optional<String> problem = SecretPermissions.problem(path);
    if (problem.isPresent()) {
      throw new BadValueException(problem.get());
    }
    return path;
  }
}
