package io.sessionbridge.packages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.testkit.RequiredTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The container image, where the profile {@code runtime} has made it. */
@Timeout(600)
class ImageIT {

  /** What the recorded day of the demo begins with. */
  private static final Path DAY = Path.of("../demo/src/main/resources/office-day.jsonl");

  @TempDir private Path folder;
  private Path podman = Path.of("podman");
  private String image = "";

  @BeforeEach
  void load() throws Exception {
    podman = RequiredTool.find("podman");
    Path file = image();
    // As .ci/containers has it: for a machine without the usual limits and control groups.
    Files.writeString(
        folder.resolve("containers.conf"),
        """
        [containers]
        default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]
        [engine]
        runtime = "runc"
        """);
    String loaded = podman("load", "-q", "-i", file.toString());
    image = loaded.substring(loaded.indexOf(':') + 1).strip();
  }

  private static Path image() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      List<Path> found = files.filter(file -> file.toString().endsWith("-oci.tar")).toList();
      RequiredTool.require(!found.isEmpty(), "no *-oci.tar: mvn -Pruntime package makes one");
      assertThat(found).hasSize(1);
      return found.get(0).toAbsolutePath();
    }
  }

  @AfterEach
  void remove() throws Exception {
    if (!image.isEmpty()) {
      podman("rmi", "-f", image);
    }
  }

  private String podman(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(podman.toString()));
    command.addAll(List.of(arguments));
    Path errors = folder.resolve("errors");
    Path input = folder.resolve("input");
    try (Stream<String> day = Files.lines(DAY)) {
      Files.write(input, day.limit(5).toList());
    }
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectInput(input.toFile()).redirectError(errors.toFile());
    builder.environment().put("CONTAINERS_CONF", folder.resolve("containers.conf").toString());
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
    return output;
  }

  @Test
  void runsAsItsOwnUserWithItsCacheOnAFolderThatStays() throws Exception {
    assertThat(podman("image", "inspect", "--format", "{{.Config.User}}", image))
        .isEqualTo("10001:10001\n");
    Path config = folder.resolve("sessionbridge.yaml");
    Files.writeString(
        config,
        """
        data_dir: /var/lib/sessionbridge
        sources: {recording: {type: replay, path: "-"}}
        sinks: {out: {type: file, path: "-"}}
        """);

    String volume = podman("volume", "create").strip();
    try {
      String first = runOnce(config, volume);
      String second = runOnce(config, volume);

      assertThat(first.lines().filter(line -> line.contains("\"source_id\":\"recording\"")))
          .hasSize(5);
      assertThat(second).contains("\"kind\":\"bridge_start\"");
      List<Long> sequences = sequences(first + second);
      assertThat(sequences).isEqualTo(LongStream.rangeClosed(1, sequences.size()).boxed().toList());
    } finally {
      podman("volume", "rm", "-f", volume);
    }
  }

  /** Until the five events are out. */
  private String runOnce(Path config, String volume) throws Exception {
    return podman(
        "run",
        "--rm",
        "-i",
        "--network=none",
        "--read-only",
        "--tmpfs=/tmp",
        // a Java ends at once if its cache does not fit
        "--env=JAVA_TOOL_OPTIONS=-XX:AOTMode=on",
        "--volume=" + config + ":/etc/sessionbridge/sessionbridge.yaml:ro",
        "--volume=" + volume + ":/var/lib/sessionbridge",
        image,
        "run",
        "--config",
        "/etc/sessionbridge/sessionbridge.yaml",
        "--exit-when-drained");
  }

  private static List<Long> sequences(String events) {
    return Pattern.compile("\"sequence\":\"(\\d+)\"")
        .matcher(events)
        .results()
        .map(found -> Long.valueOf(found.group(1)))
        .toList();
  }

  @Test
  void theCLibraryIsNamedAsAPartAndHasItsLicence() throws Exception {
    String container = podman("create", image).strip();
    try {
      assertThat(copy(container, "opt/sessionbridge/THIRD-PARTY.txt"))
          .containsPattern("\nglibc 2\\.[0-9]+\n  LGPL-2.1-or-later\n");
      assertThat(copy(container, "opt/sessionbridge/sbom.cdx.json"))
          .contains("\"name\" : \"glibc\"", "\"name\" : \"Eclipse Temurin\"");
      assertThat(copy(container, "usr/share/doc/libc6/copyright")).contains("GNU C Library");
    } finally {
      podman("rm", "-f", "-v", container);
    }
  }

  private String copy(String container, String file) throws Exception {
    Path to = folder.resolve("copied");
    podman("cp", container + ":/" + file, to.toString());
    return Files.readString(to);
  }

  @Test
  void theConfigurationInItIsValid() throws Exception {
    assertThat(
            podman(
                "run",
                "--rm",
                "--network=none",
                image,
                "validate",
                "--config",
                "/etc/sessionbridge/sessionbridge.yaml"))
        .startsWith("configuration: valid, 1 source, 1 sink\n");
  }
}
