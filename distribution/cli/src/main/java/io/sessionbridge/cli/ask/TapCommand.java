package io.sessionbridge.cli.ask;

import io.sessionbridge.cli.CommandException;
import io.sessionbridge.cli.ExitCode;
import io.sessionbridge.cli.LogLevel;
import io.sessionbridge.cli.StopSignal;
import io.sessionbridge.control.ControlClient;
import io.sessionbridge.control.JsonLine;
import io.sessionbridge.text.UntrustedText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints the live events of the running agent. */
@Command(
    name = "tap",
    description = {
      "Prints the live events of the running agent, for administrators. Moves no cursor: no sink"
          + " misses anything.",
      "A reader that is too slow misses events; their number is printed."
    },
    mixinStandardHelpOptions = true)
public final class TapCommand implements Callable<Integer> {

  private static final Duration LOOK = Duration.ofMillis(250);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT);

  @Mixin private AgentOption agent = new AgentOption();

  @Option(names = "--sink", paramLabel = "ID", description = "Only events that this sink selects.")
  private @Nullable String sink;

  @Option(
      names = "--kinds",
      paramLabel = "KIND",
      split = ",",
      description = "Only these kinds, and gaps.")
  private Set<String> kinds = new LinkedHashSet<>();

  @Option(names = "--json", description = "Prints one JSON object per line.")
  private boolean json;

  @Override
  public Integer call() throws CommandException {
    LogLevel.set("off");
    try (StopSignal stop = StopSignal.install();
        ControlClient client = agent.connect()) {
      client.tap(Optional.ofNullable(sink), kinds);
      System.err.println(
          "tap: showing events of agent " + client.agentVersion() + ", press Ctrl+C to stop");
      while (!stop.isAsked() && !System.out.checkError()) {
        client.nextEvent(LOOK).ifPresent(this::print);
      }
      return ExitCode.DONE;
    } catch (IOException e) {
      throw new CommandException("tap: " + e.getMessage());
    }
  }

  private void print(JsonLine line) {
    Optional<Long> skipped = line.number("skipped_events");
    if (skipped.isPresent()) {
      System.err.println("tap: " + skipped.get() + " events skipped: this reader is too slow");
    }
    if (!line.has("event")) {
      return;
    }
    JsonLine event = line.object("event");
    if (json) {
      JsonOutput.print(event);
    } else {
      byte[] bytes = (text(event, ZoneId.systemDefault()) + "\n").getBytes(StandardCharsets.UTF_8);
      System.out.write(bytes, 0, bytes.length);
    }
    System.out.flush();
  }

  /** In the same columns as {@code watch}. */
  static String text(JsonLine event, ZoneId zone) {
    StringBuilder line = new StringBuilder(80);
    line.append(event.text("time").map(time -> shown(time, zone)).orElse("?"));
    line.append(String.format(Locale.ROOT, "  %-18s", part(event, "kind").orElse("?")));
    event.number("session_id").ifPresent(id -> line.append("  session ").append(id));
    part(event, "user_name")
        .ifPresent(
            user ->
                line.append("  ")
                    .append(part(event, "user_domain").map(domain -> domain + "\\").orElse(""))
                    .append(user));
    part(event, "reason").ifPresent(reason -> line.append("  ").append(reason));
    part(event, "host_name").ifPresent(host -> line.append("  on ").append(host));
    return line.toString().stripTrailing();
  }

  private static Optional<String> part(JsonLine event, String name) {
    return event.text(name).map(UntrustedText::part);
  }

  private static String shown(String time, ZoneId zone) {
    return TIME.format(Instant.parse(time).atZone(zone));
  }
}
