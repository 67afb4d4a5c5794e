package io.sessionbridge.sink.file;

import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.Sink;
import io.sessionbridge.spi.SinkContext;
import io.sessionbridge.testkit.SinkContract;
import io.sessionbridge.testkit.TestingConfig;
import io.sessionbridge.testkit.TestingEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file on a real disk, whose folder can disappear. */
final class FileSinkOnDiskTest extends SinkContract {

  private Path away() {
    return folder.resolve("logs.away");
  }

  private Path file() {
    return folder.resolve("logs").resolve("events.jsonl");
  }

  @Override
  protected Sink create(SinkContext context) {
    FileSinkFactory factory = new FileSinkFactory();
    return factory.create(context, TestingConfig.read(factory.config(), "path: " + file()));
  }

  @Override
  protected String format() {
    return "json";
  }

  @Override
  protected List<String> received() throws IOException {
    return TestingLines.ids(Files.readAllBytes(file()));
  }

  @Override
  protected void breakPeer() throws IOException {
    Path logs = file().getParent();
    if (Files.exists(logs)) {
      Files.move(logs, away());
    }
    Files.createFile(logs);
  }

  @Override
  protected void healPeer() throws IOException {
    Path logs = file().getParent();
    Files.delete(logs);
    if (Files.exists(away())) {
      Files.move(away(), logs);
    }
  }

  @Override
  protected EncodedEvent refused(TestingEvents from) {
    return TestingLines.noLine(from);
  }
}
