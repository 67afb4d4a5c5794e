package io.sessionbridge.source.sens;

import static java.util.Objects.requireNonNull;

import io.sessionbridge.event.Field;
import io.sessionbridge.event.Observation;
import io.sessionbridge.spi.Source;
import io.sessionbridge.spi.SourceContext;
import io.sessionbridge.testkit.SourceContract;
import io.sessionbridge.windows.com.SensMethod;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

class SensSourceContractTest extends SourceContract {

  private @Nullable TestingNotifications windows;
  private boolean refuses;

  @Override
  protected Source create(SourceContext context) {
    return new SensSource(
        context,
        new SensTranslator(new SensSessions(Optional::empty)),
        listener -> {
          windows = new TestingNotifications(listener);
          windows.refuses = refuses;
          return windows;
        });
  }

  @Override
  protected void occur(int number) {
    requireNonNull(windows).send(SensMethod.POST_SHELL, "CONTOSO\\kim", number);
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
