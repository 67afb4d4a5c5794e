package io.sessionbridge.sessions.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.pattern.UserPattern;
import io.sessionbridge.sessions.state.User.Sameness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether two reports mean one person, and whom a pattern names. */
class UserTest {

  private static User user(
      @Nullable String name, @Nullable String domain, @Nullable String sid, @Nullable String upn) {
    return new User(name, domain, sid, upn, null);
  }

  @Test
  void sidsDecide() {
    User kim = user("kim", "CONTOSO", "S-1-5-21-1", null);
    assertThat(kim.sameAs(user("renamed", "CONTOSO", "s-1-5-21-1", null))).isEqualTo(Sameness.SAME);
    assertThat(kim.sameAs(user("kim", "CONTOSO", "S-1-5-21-2", null)))
        .isEqualTo(Sameness.DIFFERENT);
  }

  @Test
  void namesDecideWhereASidIsMissing() {
    User kim = user("kim", "CONTOSO", null, "kim@contoso.com");
    assertThat(kim.sameAs(user("KIM", "contoso.com", "S-1-5-21-1", null))).isEqualTo(Sameness.SAME);
    assertThat(kim.sameAs(user("kim", null, null, null))).isEqualTo(Sameness.SAME);
    assertThat(kim.sameAs(user("kim", "HOST7", null, null))).isEqualTo(Sameness.DIFFERENT);
    assertThat(kim.sameAs(user("lee", "CONTOSO", null, null))).isEqualTo(Sameness.DIFFERENT);
    assertThat(kim.sameAs(User.UNKNOWN)).isEqualTo(Sameness.UNKNOWN);
  }

  @Test
  void longNamesAreCutByWindows() {
    User whole = user("KimberlyLeeOfTheAccounting", "AzureAD", null, "kim@contoso.com");
    assertThat(whole.sameAs(user("KimberlyLeeOfTheAcco", "AzureAD", null, null)))
        .isEqualTo(Sameness.SAME);
    assertThat(whole.sameAs(user("kim@contoso.com", null, null, null))).isEqualTo(Sameness.SAME);
    assertThat(whole.sameAs(user("KimberlyLee", "AzureAD", null, null)))
        .isEqualTo(Sameness.DIFFERENT);
  }

  @ParameterizedTest
  @CsvSource({
    "CONTOSO\\kim, true",
    "contoso\\KIM, true",
    "CONTOSO\\*, true",
    "*\\k*m, true",
    "CONTOSO\\k, false",
    "kim@*, true",
    "*@contoso.com, true",
    "S-1-5-21-1-*, true",
    "s-1-5-21-1-1001, true",
    "S-1-5-21-2*, false",
    "kim, true",
    "k*, true",
    "*, true",
    "ki, false",
    "kim*kim, false"
  })
  void patternsNameUsers(String pattern, boolean named) {
    User kim = user("kim", "CONTOSO", "S-1-5-21-1-1001", "kim@contoso.com");
    assertThat(kim.isNamedBy(UserPattern.of(pattern))).isEqualTo(named);
    assertThat(user("kim", null, null, null).isNamedBy(UserPattern.of("CONTOSO\\*"))).isFalse();
  }
}
