package io.sessionbridge.config;

import io.sessionbridge.config.tree.ConfigEmpty;
import io.sessionbridge.config.type.SectionType;
import java.util.Optional;

/** A draft of a section. */
public final class SectionDraft<S> extends KeyDraft<S> {

  SectionDraft(String name, ConfigSpec<S> spec) {
    super(name, new SectionType<>(spec));
  }

  /** An absent section is read as an empty one. */
  public Key<S> orDefaults(String meaning) {
    return new Key<>(
        this,
        description(false, Optional.empty(), meaning),
        false,
        (place, problems) -> read(new ConfigEmpty(place), problems));
  }
}
