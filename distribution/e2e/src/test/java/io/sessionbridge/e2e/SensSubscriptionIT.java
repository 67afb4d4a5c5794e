package io.sessionbridge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What happens when Windows refuses, delays or ends the subscriptions to SENS. */
final class SensSubscriptionIT extends SensFixture {

  @Test
  void anEventDuringRemoveIsHeardAndOneAfterItDoesNoHarm() throws Exception {
    config("", FILE);
    try (WindowsProgram agent = runSubscribed()) {
      fire("1 Logon CONTOSO\\before");
      awaitEvents(1);
      windows.ask("onremove fire 1 Logon CONTOSO\\during");
      windows.ask("late 1 Logon CONTOSO\\late");
      stop(agent);
    }
    assertThat(events())
        .containsExactly("logon 1 of ? by CONTOSO\\before", "logon 1 of ? by CONTOSO\\during");
    assertThat(windows.log())
        .contains("during remove: OK 1 00000000")
        .contains("late event: 0x00000000, 0 left");
  }

  @Test
  void runsWithoutAnEventSystemAndHealsWhenThereIsOne() throws Exception {
    windows.unregister();
    config("", FILE);
    String why =
        "Windows does not report SENS events: CoCreateInstance of CEventSystem failed with"
            + " 0x80040154"
            + " (REGDB_E_CLASSNOTREG): this Windows has no COM+ event system";
    try (WindowsProgram agent = run()) {
      agent.awaitErr("source saver: " + why);
      assertThat(health(agent))
          .contains(
              "{\"kind\":\"source\",\"id\":\"saver\",\"status\":\"degraded\",\"message\":\""
                  + why
                  + "\"}");
      windows.register();
      agent.awaitErr(HEALS);
      assertThat(health(agent))
          .contains("{\"kind\":\"source\",\"id\":\"saver\",\"status\":\"up\"}");
      fire("1 StartScreenSaver CONTOSO\\kim");
      awaitEvents(1);
      stop(agent);
    }
    assertThat(events()).containsExactly("screensaver_start 6 of ? by CONTOSO\\kim");
  }

  @Test
  void asksAgainWhenWindowsRefuses() throws Exception {
    windows.prepare("storefail 80040207 1");
    config(", per_user: true", FILE);
    try (WindowsProgram agent = run()) {
      agent.awaitErr(
          "Store failed with 0x80040207 (EVENT_E_INVALID_PER_USER_SID): this account may not"
              + " subscribe for one user");
      agent.awaitErr(HEALS);
      assertThat(windows.ask("list")).containsPattern("per_user 1 .*per_user 1 ");
      fire("1 StopScreenSaver CONTOSO\\kim");
      awaitEvents(1);
      windows.ask("removefail 8004020B 2");
      stop(agent);
      assertThat(agent.err())
          .contains("the subscription to ISensLogon stays until")
          .contains("the subscription to ISensLogon2 stays until")
          .contains("0x8004020B (EVENT_E_NOT_ALL_REMOVED)");
    }
  }

  @Test
  void runsWhereSomethingMadeItsThreadsSingleThreaded() throws Exception {
    config("", FILE);
    List<String> hook = List.of("-agentpath:" + Wine.windowsPath(windows.dll()) + "=sta");
    try (WindowsProgram agent = wine.start(folder, hook, "run", "--config", "c.yaml")) {
      agent.awaitErr(RUNS);
      agent.awaitErr(
          "CoInitializeEx failed with 0x80010106 (RPC_E_CHANGED_MODE): something else in this"
              + " program made the thread single-threaded for COM");
      assertThat(health(agent)).contains("0x80010106");
      stop(agent);
    }
    assertThat(windows.log()).doesNotContain("store");
  }
}
