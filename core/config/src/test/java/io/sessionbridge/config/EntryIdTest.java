package io.sessionbridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryIdTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "lake",
        "siem-2",
        "console",
        "a_b",
        "a234567890123456789012345678901234567890"
      })
  void acceptsValidFileNames(String id) {
    assertThat(EntryId.fault(id)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Lake",
        "2nd",
        "-a",
        "a.b",
        "a/b",
        "zoë",
        "a2345678901234567890123456789012345678901"
      })
  void reportsTheRule(String id) {
    assertThat(EntryId.fault(id))
        .contains(
            "must be an id of a-z, 0-9, _ and - that begins with a letter and has at most 40"
                + " characters, was "
                + id);
  }

  @Test
  void refusesTheNamesOfWindowsDevices() {
    assertThat(EntryId.fault("con"))
        .contains("must be another id, because Windows reserves this name for a device, was con");
    assertThat(EntryId.fault("lpt1")).isPresent();
  }
}
