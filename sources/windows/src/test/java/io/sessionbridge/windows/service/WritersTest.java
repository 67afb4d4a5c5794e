package io.sessionbridge.windows.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class WritersTest {

  private static final Set<String> TRUSTED = Set.of("NT AUTHORITY\\SYSTEM");

  private record Account(String getName) implements UserPrincipal {
    @Override
    public String getName() {
      return getName;
    }
  }

  private static AclEntry entry(AclEntryType type, String name, AclEntryPermission... rights) {
    return AclEntry.newBuilder()
        .setType(type)
        .setPrincipal(new Account(name))
        .setPermissions(rights)
        .build();
  }

  @Test
  void namesWhoeverMayChangeSomething() {
    assertThat(
            Writers.among(
                List.of(
                    entry(
                        AclEntryType.ALLOW, "NT AUTHORITY\\SYSTEM", AclEntryPermission.WRITE_DATA),
                    entry(AclEntryType.ALLOW, "BUILTIN\\Users", AclEntryPermission.READ_DATA),
                    entry(
                        AclEntryType.ALLOW,
                        "NT AUTHORITY\\Authenticated Users",
                        AclEntryPermission.READ_DATA,
                        AclEntryPermission.APPEND_DATA),
                    entry(AclEntryType.DENY, "HOST\\guest", AclEntryPermission.WRITE_DATA),
                    entry(AclEntryType.ALLOW, "HOST\\kim", AclEntryPermission.WRITE_OWNER)),
                TRUSTED))
        .containsExactly("HOST\\kim", "NT AUTHORITY\\Authenticated Users");
  }

  @Test
  @EnabledOnOs(OS.WINDOWS)
  void looksAtTheListsOfWindows(@TempDir Path folder) throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    AclFileAttributeView view = Files.getFileAttributeView(file, AclFileAttributeView.class);
    UserPrincipal owner = view.getOwner();
    view.setAcl(
        List.of(
            AclEntry.newBuilder()
                .setType(AclEntryType.ALLOW)
                .setPrincipal(owner)
                .setPermissions(AclEntryPermission.values())
                .build()));
    assertThat(Writers.of(file)).isSubsetOf(owner.getName());
  }
}
