package io.sessionbridge.windows.service;

/** Settings that are applied one by one after the installation: not every Windows has all. */
enum ServiceSetting {
  DESCRIPTION("the description"),
  FAILURE_ACTIONS("the restart after a failure"),
  FAILURE_ACTIONS_ON_ERRORS("the restart after a stop with an error"),
  PRESHUTDOWN("the time to stop at shutdown"),
  SERVICE_SID("the service SID"),
  PRIVILEGES("the minimal privileges"),
  EVENT_LOG("the event log source");

  private final String text;

  ServiceSetting(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }
}
