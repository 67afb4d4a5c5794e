package io.sessionbridge.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import java.io.PrintWriter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * Runs the unit tests of a package in this process, and prints what failed and then {@code tests
 * RUN failed FAILED skipped SKIPPED}.
 */
final class UnitTests {

  private UnitTests() {}

  public static void main(String[] args) {
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request().selectors(selectPackage(args[0])).build(),
            listener);
    TestExecutionSummary summary = listener.getSummary();
    summary.printFailuresTo(new PrintWriter(System.out, true, UTF_8));
    System.out.printf(
        "tests %d failed %d skipped %d%n",
        summary.getTestsSucceededCount() + summary.getTestsFailedCount(),
        summary.getTotalFailureCount(),
        summary.getTestsSkippedCount() + summary.getContainersSkippedCount());
    System.exit(0); // whatever thread a test left
  }
}
