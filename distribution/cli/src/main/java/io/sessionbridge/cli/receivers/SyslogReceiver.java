package io.sessionbridge.cli.receivers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A RELP syslog receiver that can be killed, with a file of the acknowledged messages. */
public final class SyslogReceiver extends KilledReceiver {

  /** RFC 5424: priority and version, time, host, program, PROCID, MSGID, no structured data. */
  private static final Pattern MESSAGE =
      Pattern.compile("<\\d+>1 \\S+ \\S+ \\S+ (?<id>\\S+) \\S+ - (?<text>\\{.*})");

  private static final String MESSAGES = "syslog-messages.log";

  private final Path file;

  /**
   * @param libraries the folder of the receiver's jars
   * @param folder for what it keeps, which exists
   */
  public SyslogReceiver(Path libraries, Path folder) {
    super(
        new ServerProcess(
            libraries,
            folder.resolve("syslog.log"),
            32,
            "io.sessionbridge.demo.DemoSyslogReceiver",
            folder.resolve(MESSAGES)));
    file = folder.resolve(MESSAGES);
  }

  @Override
  public String id() {
    return "syslog";
  }

  @Override
  public String title() {
    return "the syslog receiver";
  }

  @Override
  public List<String> sinkKeys() {
    return List.of(
        "type: syslog", "transport: relp", "server: \"" + address() + "\"", "message: json");
  }

  @Override
  public List<Arrival> arrivals() throws IOException {
    List<Arrival> arrivals = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      Matcher message = MESSAGE.matcher(line);
      if (!message.matches()) {
        throw new IOException("not a message with JSON in " + file + ": " + line);
      }
      byte[] text = message.group("text").getBytes(StandardCharsets.UTF_8);
      arrivals.add(new Arrival(message.group("id"), FlatJson.read(text)));
    }
    return arrivals;
  }
}
