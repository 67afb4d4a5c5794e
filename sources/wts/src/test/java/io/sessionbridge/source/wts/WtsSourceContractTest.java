package io.sessionbridge.source.wts;

import static java.util.Objects.requireNonNull;

import io.sessionbridge.event.Field;
import io.sessionbridge.event.Observation;
import io.sessionbridge.spi.Source;
import io.sessionbridge.spi.SourceContext;
import io.sessionbridge.testkit.SourceContract;
import org.jspecify.annotations.Nullable;

class WtsSourceContractTest extends SourceContract {

  private @Nullable TestingNotifications windows;
  private boolean refuses;

  @Override
  protected Source create(SourceContext context) {
    return new WtsSource(
        context,
        listener -> {
          windows = new TestingNotifications(listener);
          windows.refuses = refuses;
          return windows;
        });
  }

  @Override
  protected void occur(int number) {
    requireNonNull(windows).send(7, number);
  }

  @Override
  protected boolean preventStart() {
    refuses = true;
    return true;
  }

  @Override
  protected void allowStart() {
    refuses = false;
  }

  @Override
  protected int numberOf(Observation observation) {
    return Math.toIntExact(requireNonNull(observation.data().get(Field.SESSION_ID)));
  }
}
