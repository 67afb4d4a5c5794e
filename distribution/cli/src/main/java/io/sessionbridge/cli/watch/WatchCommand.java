package io.sessionbridge.cli.watch;

import static java.util.Objects.requireNonNull;

import com.google.inject.Injector;
import io.sessionbridge.bridge.BridgeModule;
import io.sessionbridge.bridge.Plugins;
import io.sessionbridge.bridge.Watch;
import io.sessionbridge.bridge.WatchFactory;
import io.sessionbridge.cli.CommandException;
import io.sessionbridge.cli.ExitCode;
import io.sessionbridge.cli.LogLevel;
import io.sessionbridge.cli.StopSignal;
import io.sessionbridge.event.Observation;
import io.sessionbridge.health.Health;
import io.sessionbridge.ingest.WatchIntake;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints live session events. */
@Command(
    name = "watch",
    description = "Prints the session events of this host as they happen. Needs no configuration.",
    mixinStandardHelpOptions = true)
public final class WatchCommand implements Callable<Integer> {

  private static final String STANDARD_INPUT = "-";
  private static final Duration LOOK = Duration.ofMillis(250);

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "-",
      description = "Reads JSON lines from standard input instead.")
  private @Nullable String input;

  @Option(names = "--json", description = "Prints one JSON object per line, as replay reads them.")
  private boolean json;

  private final AtomicLong shown = new AtomicLong();

  @Override
  public Integer call() throws Exception {
    if (input != null && !input.equals(STANDARD_INPUT)) {
      throw new ParameterException(
          requireNonNull(spec).commandLine(),
          "accepts - or no argument, was "
              + input
              + "; to read a file: sessionbridge watch - < FILE");
    }
    LogLevel.set("off"); // the command prints its own messages
    Injector injector = BridgeModule.injector();
    WatchFactory factory = injector.getInstance(WatchFactory.class);
    String entry =
        input == null
            ? "type: " + liveType(injector.getInstance(Plugins.class))
            : "{type: replay, path: '-'}";
    try (StopSignal stop = StopSignal.install()) {
      try (Watch watch = factory.create(entry, new Printer(), stop::ask)) {
        watch.start();
        say(
            "watching "
                + (input == null ? watch.hostName() : "standard input")
                + ", press Ctrl+C to stop");
        untilTheEnd(watch, stop);
      } finally {
        say(shown + " events");
      }
    }
    return ExitCode.DONE;
  }

  private static String liveType(Plugins plugins) throws CommandException {
    return plugins.defaultSource().orElseThrow(() -> new CommandException(nothingLive(plugins)));
  }

  private static String nothingLive(Plugins plugins) {
    StringBuilder reasons = new StringBuilder();
    plugins
        .sources()
        .forEach(
            (type, factory) ->
                factory.unavailable().ifPresent(why -> reasons.append(type + " " + why + ", ")));
    return "no source receives live sessions on this machine: "
        + reasons
        + "this is "
        + System.getProperty("os.name")
        + "\nTo watch recorded events: sessionbridge watch - <day.jsonl";
  }

  /** Returns at the end of the input or when the program should stop. */
  private static void untilTheEnd(Watch watch, StopSignal stop)
      throws InterruptedException, CommandException {
    Health last = Health.up();
    while (!stop.await(LOOK)) {
      CompletableFuture<Void> end =
          watch
              .finished()
              .map(CompletionStage::toCompletableFuture)
              .orElseGet(CompletableFuture::new);
      if (end.isCompletedExceptionally()) {
        throw new CommandException(watch.check().detail());
      }
      if (end.isDone()) {
        return;
      }
      Health now = watch.check();
      if (!now.equals(last)) {
        say(now.isUp() ? "receiving events" : now.detail());
        last = now;
      }
    }
  }

  /** To standard error, so that a pipe gets only events. */
  private static void say(String text) {
    System.err.println("watch: " + text);
  }

  /** Prints each event at once; JSON is always UTF-8, regardless of the terminal. */
  private final class Printer implements WatchIntake.Viewer {
    private final ZoneId zone = ZoneId.systemDefault();

    @Override
    public void seen(Observation event) {
      shown.incrementAndGet();
      if (json) {
        byte[] line = (WatchLine.json(event) + "\n").getBytes(StandardCharsets.UTF_8);
        System.out.write(line, 0, line.length);
      } else {
        System.out.println(WatchLine.text(event, zone));
      }
      System.out.flush();
    }

    @Override
    public void lost(long count, String reason) {
      say(count + " events lost: " + reason);
    }
  }
}
