package io.sessionbridge.cli.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServicePrivilegesTest {

  @Test
  void sufficeForTheSourcesAndForCommandsOfSessionUsers() {
    assertThat(ServiceInstallCommand.PRIVILEGES)
        .containsExactlyInAnyOrder(
            "SeChangeNotifyPrivilege",
            "SeImpersonatePrivilege",
            "SeTcbPrivilege",
            "SeAssignPrimaryTokenPrivilege",
            "SeIncreaseQuotaPrivilege");
  }
}
