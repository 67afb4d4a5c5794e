package io.sessionbridge.sink.syslog;

import org.junit.jupiter.api.BeforeAll;

class LineFeedSinkTest extends SyslogContract {

  @BeforeAll
  static void start() throws Exception {
    use(TestingReceiver.plain(TestingReceiver.Protocol.LF));
  }

  @Override
  String keys() {
    return "transport: tcp, framing: lf, enterprise_number: 32473";
  }
}
