package io.sessionbridge.e2e;

import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.config.Key;
import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.health.Health;
import io.sessionbridge.spi.HandOff;
import io.sessionbridge.spi.PluginModule;
import io.sessionbridge.spi.Source;
import io.sessionbridge.spi.SourceContext;
import io.sessionbridge.spi.SourceFactory;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/**
 * A live source for tests, as a plug-in: each line that is added to a file is a logon just then, of
 * the user whom the line names in Base64, in a session with the number of the line.
 */
public final class LiveLines extends PluginModule {

  /** The plug-in in a jar, from the classes of this test. */
  static Path jar(Path folder) throws IOException {
    Path jar = folder.resolve("live-lines.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out)) {
      for (Class<?> part : List.of(LiveLines.class, Factory.class, Lines.class)) {
        String name = part.getName().replace('.', '/') + ".class";
        entries.putNextEntry(new JarEntry(name));
        try (var code = LiveLines.class.getClassLoader().getResourceAsStream(name)) {
          code.transferTo(entries);
        }
      }
      entries.putNextEntry(new JarEntry("META-INF/services/" + PluginModule.class.getName()));
      entries.write(LiveLines.class.getName().getBytes(StandardCharsets.UTF_8));
    }
    return jar;
  }

  /** A line for each user. */
  static void add(Path file, List<String> users) throws IOException {
    StringBuilder lines = new StringBuilder(Files.exists(file) ? Files.readString(file) : "");
    for (String user : users) {
      byte[] bytes = user.getBytes(StandardCharsets.UTF_8);
      lines.append(Base64.getEncoder().encodeToString(bytes)).append('\n');
    }
    Path part = Files.writeString(file.resolveSibling(file.getFileName() + ".part"), lines);
    Files.move(part, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
  }

  /** Is there when the source listens. */
  static Path sign(Path file) {
    return file.resolveSibling(file.getFileName() + ".heard");
  }

  @Override
  protected void configure() {
    bindSource("live_lines", new Factory());
  }

  private static final class Factory implements SourceFactory<Path> {

    private static final Key<Path> PATH = Key.path("path").required("the file with the lines");

    @Override
    public String description() {
      return "tells a logon for each line";
    }

    @Override
    public ConfigSpec<Path> config() {
      return ConfigSpec.of(values -> values.get(PATH), PATH);
    }

    @Override
    public Source create(SourceContext context, Path file) {
      return new Lines(context, file);
    }
  }

  private static final class Lines implements Source {

    private final HandOff<EventData> handOff;
    private final Path file;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread reader;
    private long told;

    private Lines(SourceContext context, Path file) {
      this.handOff =
          new HandOff<>(
              context, stamped -> Optional.of(Observation.live(stamped.time(), stamped.item())));
      this.file = file;
      this.reader = new Thread(this::read, "source-" + context.id() + "-lines");
    }

    @Override
    public void start() {
      handOff.start();
      told = lines().size(); // what is there is of the past
      reader.start();
      try {
        Files.createFile(sign(file));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private List<String> lines() {
      try {
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void read() {
      try {
        while (!stop.await(20, TimeUnit.MILLISECONDS)) {
          for (String line : lines().stream().skip(told).toList()) {
            told++;
            byte[] user = Base64.getDecoder().decode(line);
            handOff.offer(
                EventData.builder(Kind.LOGON)
                    .put(Field.SESSION_ID, told)
                    .put(Field.USER_NAME, new String(user, StandardCharsets.UTF_8))
                    .build());
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public Health check() {
      return handOff.problem().map(Health::degraded).orElseGet(Health::up);
    }

    @Override
    public void close() {
      stop.countDown();
      handOff.close();
    }
  }
}
