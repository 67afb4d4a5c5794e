package io.sessionbridge.source.replay;

import io.sessionbridge.event.Observation;
import io.sessionbridge.source.replay.ReplaySourceConfig.OnBadLine;
import io.sessionbridge.spi.Source;
import io.sessionbridge.spi.SourceContext;
import io.sessionbridge.storage.FileStorage;
import io.sessionbridge.testkit.SourceContract;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** A replay that follows a file keeps what every source keeps. */
final class ReplaySourceTest extends SourceContract {

  private TestingFile file() {
    return new TestingFile(folder.resolve("day.jsonl"));
  }

  @Override
  protected Source create(SourceContext context) throws IOException {
    TestingFile file = file().append("");
    return new ReplaySource(
        context,
        new ReplaySourceConfig(
            file.path(), Optional.empty(), true, Optional.empty(), OnBadLine.FAIL),
        InputStream.nullInputStream(),
        new FileStorage());
  }

  @Override
  protected void occur(int number) throws IOException {
    file().appendLines(number, number + 1);
  }

  @Override
  protected boolean resumes() {
    return true;
  }

  @Override
  protected int numberOf(Observation observation) {
    return TestingFile.numberOf(observation);
  }
}
