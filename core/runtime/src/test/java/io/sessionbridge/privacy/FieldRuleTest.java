package io.sessionbridge.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.Field;
import org.junit.jupiter.api.Test;

/** Every field of the event model is classified. */
class FieldRuleTest {

  @Test
  void existsForEveryField() {
    assertThat(Field.all())
        .as("classify each new field in FieldRule")
        .allMatch(field -> FieldRule.of(field).isPresent());
  }

  @Test
  void neverPassesATextUnchecked() {
    assertThat(Field.all())
        .filteredOn(field -> field.type() == String.class)
        .noneMatch(field -> FieldRule.of(field).orElseThrow().content() == FieldRule.Content.VALUE);
  }

  @Test
  void classifiesOnlyTextsAsNames() {
    assertThat(Field.all())
        .filteredOn(field -> FieldRule.of(field).orElseThrow().content() == FieldRule.Content.NAME)
        .allMatch(field -> field.type() == String.class);
  }

  @Test
  void listsTheFieldsOfASubject() {
    assertThat(Privacy.fields(Subject.CLIENTS)).containsExactly("client_name", "client_address");
    assertThat(Privacy.fields(Subject.USERS))
        .containsExactly(
            "user_name", "user_domain", "dns_domain", "user_sid", "user_upn", "logon_id");
    assertThat(Privacy.fields(Subject.HOSTS))
        .containsExactly(
            "host_name",
            "host_fqdn",
            "logon_server",
            "host_domain",
            "host_id",
            "previous_host_id",
            "boot_id");
  }
}
