package io.sessionbridge.sink.command.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.pattern.UserPattern;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UserGroupTest {

  private static final UserGroup USERS = group("S-1-5-32-545", "BUILTIN\\Users");
  private static final UserGroup STAFF = group("S-1-5-21-1-2-3-1100", "CONTOSO\\Staff");
  private static final UserGroup AWAY =
      new UserGroup(
          Optional.of("S-1-5-21-9-9-9-1200"),
          () -> {
            throw new IOException("no domain controller");
          });

  private static UserGroup group(String sid, String name) {
    return new UserGroup(Optional.of(sid), () -> Optional.of(name));
  }

  private static boolean isAny(List<UserGroup> groups, String... patterns) throws Exception {
    return UserGroup.isAny(groups, Stream.of(patterns).map(UserPattern::of).toList());
  }

  @Test
  void findsAGroupByItsNameOrItsSid() throws Exception {
    List<UserGroup> groups = List.of(USERS, STAFF);
    assertThat(isAny(groups, "CONTOSO\\Staff")).isTrue();
    assertThat(isAny(groups, "staff")).isTrue();
    assertThat(isAny(groups, "S-1-5-21-1-2-3-1100")).isTrue();
    assertThat(isAny(groups, "OTHER\\Staff", "S-1-5-32-544")).isFalse();
    assertThat(isAny(List.of(), "*")).isFalse();
  }

  @Test
  void asksForNoNameWhereSidsDecide() throws Exception {
    assertThat(isAny(List.of(AWAY, STAFF), "S-1-5-21-1-2-3-1100", "CONTOSO\\Admins")).isTrue();
    assertThat(isAny(List.of(AWAY, STAFF), "S-1-5-32-544", "s-1-5-32-*-1")).isFalse();
  }

  @Test
  void aNameThatIsUnknownMattersOnlyIfNoOtherMatches() throws Exception {
    assertThat(isAny(List.of(AWAY, STAFF), "Staff")).isTrue();
    assertThatThrownBy(() -> isAny(List.of(AWAY, STAFF), "Admins"))
        .isInstanceOf(IOException.class)
        .hasMessage("no domain controller");
  }
}
