package io.sessionbridge.testkit;

import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.spi.Source;
import io.sessionbridge.spi.SourceContext;

final class TestingSourceTest extends SourceContract {

  private final TestingSourceFactory factory = new TestingSourceFactory();

  @Override
  protected Source create(SourceContext context) {
    return factory.create(context, new TestingSourceFactory.Config());
  }

  @Override
  protected void occur(int number) {
    factory
        .source("src")
        .report(TestingEvents.data(Kind.LOCK).put(Field.RAW_CODE, (long) number).build());
  }

  @Override
  protected boolean preventStart() {
    factory.failStart("src", "the test says so");
    return true;
  }

  @Override
  protected void allowStart() {
    factory.allowStart("src");
  }

  @Override
  protected int numberOf(Observation observation) {
    return Math.toIntExact(observation.data().get(Field.RAW_CODE));
  }
}
