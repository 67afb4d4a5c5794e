package io.sessionbridge.cli.privacy;

import io.sessionbridge.bridge.BridgeConfig;
import io.sessionbridge.bridge.BridgeModule;
import io.sessionbridge.bridge.SinkEntry;
import io.sessionbridge.cli.CommandException;
import io.sessionbridge.cli.ConfigOption;
import io.sessionbridge.cli.ExitCode;
import io.sessionbridge.cli.LogLevel;
import io.sessionbridge.config.SecretFile;
import io.sessionbridge.privacy.PrivacyKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the pseudonyms of a name at the sinks. */
@Command(
    name = "find",
    description =
        "Prints the pseudonyms of a user, client or host with the key of each sink. Requires"
            + " read access to the keys.",
    mixinStandardHelpOptions = true)
final class PrivacyFindCommand implements Callable<Integer> {

  @Mixin private ConfigOption config = new ConfigOption();

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description =
          "A key that is not in the configuration, for instance an earlier one. With this option"
              + " the configuration is not read. May be repeated.")
  private List<Path> keyFiles = new ArrayList<>();

  @Parameters(
      paramLabel = "NAME",
      description =
          "A user (kim, CONTOSO\\kim, a UPN, a SID), a client (name or address), or a host (name or"
              + " id), in any case.")
  private String name = "";

  @Override
  public Integer call() throws CommandException {
    LogLevel.set("error");
    Map<String, PrivacyKey> keys = keyFiles.isEmpty() ? ofSinks() : ofFiles();
    if (keys.isEmpty()) {
      throw new CommandException(
          "no sink has pseudonyms: set privacy in a sink, or pass a key with --key-file");
    }
    keys.forEach(
        (whose, key) -> {
          System.out.println(whose + ", key_id " + key.id());
          key.find(name)
              .forEach(
                  found ->
                      System.out.printf(
                          "  %-31s %-9s %s%n", found.pseudonym(), found.type(), found.normal()));
        });
    return ExitCode.DONE;
  }

  private Map<String, PrivacyKey> ofSinks() {
    BridgeConfig read = config.read(BridgeModule.injector());
    Map<String, PrivacyKey> keys = new LinkedHashMap<>();
    for (SinkEntry sink : read.sinks()) {
      sink.settings().privacy().key().ifPresent(key -> keys.put("sink " + sink.id(), key));
    }
    return keys;
  }

  private Map<String, PrivacyKey> ofFiles() throws CommandException {
    Map<String, PrivacyKey> keys = new LinkedHashMap<>();
    for (Path file : keyFiles) {
      try {
        keys.put(
            file.toString(), PrivacyKey.read(new SecretFile(file.toAbsolutePath(), "--key-file")));
      } catch (IOException e) {
        throw new CommandException(String.valueOf(e.getMessage()));
      }
    }
    return keys;
  }
}
