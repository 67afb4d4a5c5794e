package io.sessionbridge.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A certificate for the brokers of a run, made by the keytool of this Java: RSA with 2048 bits. */
final class FleetTls {

  /** Guards a key that lives for one run, in the folder of that run. */
  private static final String PASSWORD = "fleet-of-a-run";

  private FleetTls() {}

  static Path caFile(Path folder) {
    return folder.resolve("tls").resolve("ca.pem");
  }

  private static Path keyStore(Path folder) {
    return folder.resolve("tls").resolve("broker.p12");
  }

  static void create(Path folder) throws IOException, FleetException, InterruptedException {
    Files.createDirectories(folder.resolve("tls"));
    String store = keyStore(folder).toString();
    keytool(
        folder,
        "-genkeypair",
        "-keystore",
        store,
        "-storetype",
        "PKCS12",
        "-keyalg",
        "RSA",
        "-keysize",
        "2048",
        "-dname",
        "CN=127.0.0.1",
        "-ext",
        "san=ip:127.0.0.1",
        "-ext",
        "bc:c",
        "-validity",
        "7");
    keytool(folder, "-exportcert", "-rfc", "-keystore", store, "-file", caFile(folder).toString());
  }

  private static void keytool(Path folder, String... arguments)
      throws IOException, FleetException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-alias", "broker", "-storepass", PASSWORD));
    Path log = folder.resolve("tls").resolve("keytool.log");
    int code =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start()
            .waitFor();
    if (code != 0) {
      throw new FleetException("keytool " + arguments[0] + " ended with " + code + ", see " + log);
    }
  }

  static Map<String, String> brokerSettings(Path folder) {
    return Map.of(
        "ssl.keystore.type",
        "PKCS12",
        "ssl.keystore.location",
        keyStore(folder).toString(),
        "ssl.keystore.password",
        PASSWORD,
        "ssl.key.password",
        PASSWORD);
  }
}
