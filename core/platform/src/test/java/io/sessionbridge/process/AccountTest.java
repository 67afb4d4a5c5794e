package io.sessionbridge.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.process.NameService.Answer;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is made of the answers of a name service; those of this system's in CommandTreeTest. */
class AccountTest {

  private static final Optional<String> DOMAIN = Optional.of("CORP");

  private final Map<List<String>, Answer> answers = new HashMap<>();
  private final NameService service =
      new NameService(command -> answers.getOrDefault(command, new Answer(2, "")));

  private void knows(String key, String name, int uid) {
    answers.put(
        List.of("getent", "passwd", "--", key),
        new Answer(0, name + ":x:" + uid + ":100::/home/" + name + ":/bin/bash\n"));
  }

  private Optional<Account> find(String name, Optional<String> domain) throws Exception {
    return Account.find(name, domain, service);
  }

  @Test
  void takesNoNumberForAName() throws Exception {
    knows("1000", "alice", 1000);
    assertThat(find("1000", Optional.empty())).isEmpty();
    assertThat(Account.groups("1000", Optional.empty(), service)).isEmpty();
    knows("alice", "alice", 1000);
    assertThat(find("alice", Optional.empty()).orElseThrow().uid()).isEqualTo(1000);
  }

  @Test
  void findsAUserOfADomainInTheFormsOfNameServices() throws Exception {
    knows("kim", "kim", 1001);
    assertThat(find("kim", DOMAIN)).as("the plain name is another's").isEmpty();
    for (String found : List.of("CORP\\kim", "kim@corp.example.com", "kim", "Kim")) {
      knows("CORP\\kim", found, 70001);
      assertThat(find("kim", DOMAIN).orElseThrow().uid()).isEqualTo(70001);
    }
    answers.clear();
    knows("kim@CORP", "kim@corp", 70001);
    assertThat(find("kim", DOMAIN).orElseThrow().uid()).isEqualTo(70001);
    knows("CORP\\kim", "lee@corp", 70002);
    answers.remove(List.of("getent", "passwd", "--", "kim@CORP"));
    assertThat(find("kim", DOMAIN)).isEmpty();
  }

  @Test
  void saysNoGroupsOnlyIfThereAreNone() throws Exception {
    assertThat(Account.groups("kim", Optional.empty(), service)).isEmpty();
    knows("kim", "kim", 1001);
    answers.put(List.of("id", "-G", "--", "kim"), new Answer(0, "100 200\n"));
    answers.put(List.of("getent", "group", "--", "100"), new Answer(0, "users:x:100:kim,lee\n"));
    assertThat(Account.groups("kim", Optional.empty(), service)).containsExactly("100", "200");
    assertThat(Account.groupName("100", service)).isEqualTo("users");
    assertThat(Account.groupName("200", service)).isEqualTo("200");
    answers.put(List.of("getent", "group", "--", "200"), new Answer(1, ""));
    assertThatThrownBy(() -> Account.groupName("200", service)).isInstanceOf(IOException.class);
    answers.put(List.of("id", "-G", "--", "kim"), new Answer(1, ""));
    assertUnknown();
    answers.put(List.of("getent", "passwd", "--", "kim"), new Answer(3, ""));
    assertUnknown();
  }

  private void assertUnknown() {
    assertThatThrownBy(() -> Account.groups("kim", Optional.empty(), service))
        .isInstanceOf(IOException.class);
  }
}
