package io.sessionbridge.benchmarks;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recorded events as replay reads them, of four hosts in turn, each with a number in it. On each
 * host one session after the other runs from logon to logoff, so that the agent has nothing to
 * infer. What the agent makes of a line, its own fields added, has about 670 bytes.
 */
final class EventLines {

  static final int HOSTS = 4;

  private static final int FIRST_UPTIME = 1_000_000_000;
  private static final Pattern UPTIME = Pattern.compile("\"uptime_ms\":(\\d+)");
  private static final List<String> KINDS =
      List.of("logon", "shell_start", "lock", "unlock", "remote_disconnect", "logoff");

  private EventLines() {}

  static String line(int number) {
    int ofHost = number / HOSTS;
    int user = ofHost / KINDS.size() % 40;
    return String.format(
        Locale.ROOT,
        "{\"time\":\"2026-11-20T%02d:%02d:%02d.%06dZ\",\"kind\":\"%s\",\"session_id\":%d,"
            + "\"host_name\":\"RDS-%02d\",\"host_domain\":\"CONTOSO\",\"local_offset\":\"+01:00\","
            + "\"uptime_ms\":%d,\"station\":\"RDP-Tcp#%d\",\"protocol\":\"rdp\",\"remote\":true,"
            + "\"session_state\":\"active\",\"locked\":false,\"client_name\":\"LAPTOP-%04d\","
            + "\"client_address\":\"10.20.%d.%d\",\"user_name\":\"user%02d\","
            + "\"user_domain\":\"CONTOSO\",\"user_sid\":\"S-1-5-21-1004336348-1177238915-%d\","
            + "\"user_upn\":\"user%02d@contoso.example\",\"account_type\":\"domain\","
            + "\"logon_id\":\"0x%x\",\"auth_package\":\"Kerberos\",\"logon_server\":\"DC-01\"}",
        number / 3600 % 24,
        number / 60 % 60,
        number % 60,
        number % 1_000_000,
        KINDS.get(ofHost % KINDS.size()),
        2 + user,
        number % HOSTS,
        FIRST_UPTIME + number,
        user,
        1000 + user,
        user / 8,
        10 + user,
        user,
        682003330 + user,
        user,
        0x3e7000 + 977L * user);
  }

  /** The number in an event that was made of a line; -1 if it was made of none. */
  static int number(String json) {
    Matcher matcher = UPTIME.matcher(json);
    return matcher.find() ? Integer.parseInt(matcher.group(1)) - FIRST_UPTIME : -1;
  }

  /** Whether events of this kind come from such lines, and not from the agent itself. */
  static boolean isKind(String kind) {
    return KINDS.contains(kind);
  }

  /** Writes lines with the numbers from one up to but not including another. */
  static void write(Path file, int from, int to) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (int number = from; number < to; number++) {
        out.write(line(number));
        out.write('\n');
      }
    }
  }

  /** So many bytes of such lines. */
  static byte[] bytes(int count) {
    StringBuilder text = new StringBuilder();
    for (int number = 0; text.length() < count; number++) {
      text.append(line(number));
    }
    return text.substring(0, count).getBytes(StandardCharsets.US_ASCII);
  }
}
