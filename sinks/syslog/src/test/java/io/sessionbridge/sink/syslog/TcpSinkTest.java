package io.sessionbridge.sink.syslog;

import org.junit.jupiter.api.BeforeAll;

class TcpSinkTest extends SyslogContract {

  @BeforeAll
  static void start() throws Exception {
    use(TestingReceiver.plain(TestingReceiver.Protocol.OCTETS));
  }

  @Override
  String keys() {
    return "transport: tcp, enterprise_number: 32473";
  }
}
