package io.sessionbridge.config;

import io.sessionbridge.config.tree.ConfigEmpty;
import io.sessionbridge.config.type.SectionType;
import java.util.Optional;

/** A draft of a key with keys of its own below it. */
public final class SectionDraft<S> extends KeyDraft<S> {

  SectionDraft(String name, ConfigSpec<S> spec) {
    super(name, new SectionType<>(spec));
  }

  /** Without the key, the section is read as if it were there and empty. */
  public Key<S> orDefaults(String meaning) {
    return new Key<>(
        this,
        description(false, Optional.empty(), meaning),
        false,
        (place, problems) -> read(new ConfigEmpty(place), problems));
  }
}
