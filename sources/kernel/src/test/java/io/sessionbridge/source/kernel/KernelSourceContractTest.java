package io.sessionbridge.source.kernel;

import static java.util.Objects.requireNonNull;

import io.sessionbridge.event.Field;
import io.sessionbridge.event.Observation;
import io.sessionbridge.spi.Source;
import io.sessionbridge.spi.SourceContext;
import io.sessionbridge.testkit.SourceContract;
import io.sessionbridge.windows.driver.DriverException;
import java.util.Optional;

class KernelSourceContractTest extends SourceContract {

  private final TestingDriver driver = new TestingDriver(100);

  @Override
  protected Source create(SourceContext context) {
    return new KernelSource(context, () -> driver);
  }

  @Override
  protected void occur(int number) {
    driver.publish(1, number, Optional.empty());
  }

  @Override
  protected boolean resumes() {
    return true;
  }

  @Override
  protected boolean preventStart() {
    driver.refuse(new DriverException("the driver is not installed"));
    return true;
  }

  @Override
  protected void allowStart() {
    driver.refuse(null);
  }

  @Override
  protected int numberOf(Observation observation) {
    return Math.toIntExact(requireNonNull(observation.data().get(Field.SESSION_ID)));
  }
}
