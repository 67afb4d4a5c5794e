package io.sessionbridge.config;

import io.sessionbridge.config.tree.Shown;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The id of a source or sink in the configuration. It is part of thread names, metrics and the name
 * of the cursor file, so it must be a valid file name on every system.
 */
public final class EntryId {
  private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9_-]{0,39}");

  /** Names that Windows reserves for devices, in every folder. */
  private static final Pattern DEVICE = Pattern.compile("con|prn|aux|nul|com[0-9]|lpt[0-9]");

  private EntryId() {}

  /** What is wrong with the id, as text that follows its path; empty if nothing is. */
  public static Optional<String> fault(String id) {
    if (!FORM.matcher(id).matches()) {
      return Optional.of(
          "must be an id of a-z, 0-9, _ and - that begins with a letter and has at most 40"
              + " characters, was "
              + Shown.text(id));
    }
    if (DEVICE.matcher(id).matches()) {
      return Optional.of(
          "must be another id, because Windows reserves this name for a device, was " + id);
    }
    return Optional.empty();
  }
}
