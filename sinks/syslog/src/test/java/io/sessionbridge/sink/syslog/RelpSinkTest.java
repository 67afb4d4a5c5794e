package io.sessionbridge.sink.syslog;

import org.junit.jupiter.api.BeforeAll;

class RelpSinkTest extends SyslogContract {

  @BeforeAll
  static void start() throws Exception {
    use(TestingReceiver.plain(TestingReceiver.Protocol.RELP));
  }

  @Override
  String keys() {
    return "transport: relp, enterprise_number: 32473";
  }
}
