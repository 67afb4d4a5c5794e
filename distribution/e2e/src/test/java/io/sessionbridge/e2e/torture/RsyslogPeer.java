package io.sessionbridge.e2e.torture;

import io.sessionbridge.testkit.RequiredTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Debian's rsyslogd, by RELP. A queue of type Direct acknowledges what is written, so it may be
 * killed.
 */
final class RsyslogPeer extends Peer {

  RsyslogPeer(Path folder) throws IOException {
    super("relp", folder);
  }

  private Path output() {
    return folder().resolve("relp.out");
  }

  @Override
  List<String> sinkKeys() {
    return List.of(
        "type: syslog",
        "transport: relp",
        "server: \"" + network().address() + "\"",
        "message: json");
  }

  @Override
  List<String> command() throws IOException {
    Path configuration = folder().resolve("rsyslog.conf");
    Files.writeString(
        configuration,
        """
        global(maxMessageSize="1m" workDirectory="%s")
        main_queue(queue.type="Direct")
        module(load="imrelp")
        input(type="imrelp" maxDataSize="1m" port="%d")
        template(name="message" type="string" string="%%msg%%\\n")
        if $inputname == "imrelp" then action(type="omfile" file="%s" template="message")
        """
            .formatted(folder(), port(), output()));
    Files.deleteIfExists(folder().resolve("rsyslog.pid"));
    return List.of(
        RequiredTool.find("rsyslogd").toString(),
        "-n",
        "-f",
        configuration.toString(),
        "-i",
        folder().resolve("rsyslog.pid").toString());
  }

  @Override
  List<Received> received() throws IOException {
    return EventFile.read(output());
  }
}
