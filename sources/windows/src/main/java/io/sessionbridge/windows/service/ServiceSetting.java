package io.sessionbridge.windows.service;

/** What is set after a service was made, one by one: not every Windows takes all of it. */
enum ServiceSetting {
  DESCRIPTION("its description"),
  FAILURE_ACTIONS("restarts after a failure"),
  FAILURE_ACTIONS_ON_ERRORS("restarts after it stopped with an error"),
  PRESHUTDOWN("time to stop when the machine shuts down"),
  SERVICE_SID("an identity of its own"),
  PRIVILEGES("no more privileges than it needs"),
  EVENT_LOG("a source in the event log");

  private final String text;

  ServiceSetting(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }
}
