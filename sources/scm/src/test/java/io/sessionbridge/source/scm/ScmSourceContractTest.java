package io.sessionbridge.source.scm;

import static java.util.Objects.requireNonNull;

import io.sessionbridge.event.Field;
import io.sessionbridge.event.Observation;
import io.sessionbridge.spi.Source;
import io.sessionbridge.spi.SourceContext;
import io.sessionbridge.testkit.SourceContract;
import io.sessionbridge.windows.SessionChange;
import io.sessionbridge.windows.service.ServiceEvent.SessionChanged;
import java.util.Optional;

class ScmSourceContractTest extends SourceContract {

  private final TestingServiceEvents windows = new TestingServiceEvents();
  private boolean isService = true;

  @Override
  protected Source create(SourceContext context) {
    return new ScmSource(context, () -> isService ? Optional.of(windows) : Optional.empty());
  }

  @Override
  protected void occur(int number) {
    windows.send(new SessionChanged(new SessionChange(7, number)));
  }

  @Override
  protected boolean preventStart() {
    isService = false;
    return true;
  }

  @Override
  protected void allowStart() {
    isService = true;
  }

  @Override
  protected int numberOf(Observation observation) {
    return Math.toIntExact(requireNonNull(observation.data().get(Field.SESSION_ID)));
  }
}
