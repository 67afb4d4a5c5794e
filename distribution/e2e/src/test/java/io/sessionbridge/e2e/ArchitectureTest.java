package io.sessionbridge.e2e;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;

/** The order in which the packages may know each other, and who may use what. */
@AnalyzeClasses(
    packages = "io.sessionbridge",
    importOptions = {ImportOption.DoNotIncludeTests.class})
class ArchitectureTest {

  /** A package sees only those that stand before it. */
  @ArchTest
  static final ArchRule LAYERS =
      Architectures.layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("platform")
          .definedBy(
              "io.sessionbridge.clock..",
              "io.sessionbridge.storage..",
              "io.sessionbridge.text..",
              "io.sessionbridge.process..")
          .layer("network")
          .definedBy("io.sessionbridge.tcp..", "io.sessionbridge.tls..")
          .layer("event")
          .definedBy("io.sessionbridge.event..")
          .layer("config")
          .definedBy("io.sessionbridge.config..")
          .layer("health")
          .definedBy("io.sessionbridge.health..")
          .layer("spi")
          .definedBy("io.sessionbridge.spi..")
          .layer("format")
          .definedBy("io.sessionbridge.format..")
          .layer("metrics")
          .definedBy("io.sessionbridge.metrics..")
          .layer("supervision")
          .definedBy("io.sessionbridge.supervision..")
          .layer("journal")
          .definedBy("io.sessionbridge.journal..")
          .layer("pattern")
          .definedBy("io.sessionbridge.pattern..")
          .layer("privacy")
          .definedBy("io.sessionbridge.privacy..")
          .layer("sessions")
          .definedBy("io.sessionbridge.sessions..")
          .layer("ingest")
          .definedBy("io.sessionbridge.ingest..")
          .layer("delivery")
          .definedBy("io.sessionbridge.delivery..")
          .layer("http")
          .definedBy("io.sessionbridge.http..")
          .layer("control")
          .definedBy("io.sessionbridge.control..")
          .layer("bridge")
          .definedBy("io.sessionbridge.bridge..")
          .layer("plug-ins")
          .definedBy("io.sessionbridge.source..", "io.sessionbridge.sink..")
          .layer("test kit")
          .definedBy("io.sessionbridge.testkit..")
          .layer("cli")
          .definedBy("io.sessionbridge.cli..")
          .whereLayer("platform")
          .mayNotAccessAnyLayer()
          .whereLayer("event")
          .mayNotAccessAnyLayer()
          .whereLayer("pattern")
          .mayNotAccessAnyLayer()
          .whereLayer("config")
          .mayOnlyAccessLayers("platform")
          .whereLayer("health")
          .mayOnlyAccessLayers("platform")
          .whereLayer("network")
          .mayOnlyAccessLayers("platform", "config")
          .whereLayer("spi")
          .mayOnlyAccessLayers("platform", "event", "config", "health")
          .whereLayer("format")
          .mayOnlyAccessLayers("platform", "event", "spi")
          .whereLayer("test kit")
          .mayOnlyAccessLayers("platform", "event", "config", "health", "spi")
          .whereLayer("metrics")
          .mayOnlyAccessLayers("spi")
          .whereLayer("supervision")
          .mayOnlyAccessLayers("platform")
          .whereLayer("journal")
          .mayOnlyAccessLayers("platform", "event", "supervision")
          .whereLayer("privacy")
          .mayOnlyAccessLayers("event", "config", "health", "spi")
          .whereLayer("sessions")
          .mayOnlyAccessLayers("event", "spi", "pattern")
          .whereLayer("ingest")
          .mayOnlyAccessLayers(
              "platform", "event", "health", "spi", "supervision", "journal", "sessions")
          .whereLayer("delivery")
          .mayOnlyAccessLayers(
              "platform",
              "event",
              "config",
              "health",
              "spi",
              "metrics",
              "supervision",
              "journal",
              "pattern",
              "privacy")
          .whereLayer("http")
          .mayOnlyAccessLayers("platform", "config", "health", "metrics", "supervision")
          .whereLayer("control")
          .mayOnlyAccessLayers(
              "platform", "event", "config", "health", "spi", "supervision", "http")
          .whereLayer("plug-ins")
          .mayOnlyAccessLayers("platform", "network", "event", "config", "health", "spi", "pattern")
          .whereLayer("bridge")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer();

  /** What others see of the journal is its root; the rooms below it are its own. */
  @ArchTest
  static final ArchRule THE_ROOMS_OF_THE_JOURNAL_ARE_ITS_OWN =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.sessionbridge.journal..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.sessionbridge.journal.*..");

  @ArchTest
  static final ArchRule THE_ROOMS_OF_THE_SESSIONS_ARE_THEIR_OWN =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.sessionbridge.sessions..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.sessionbridge.sessions.*..");

  /** What is known stands below what is concluded from it. */
  @ArchTest
  static final ArchRule ROOMS_OF_THE_SESSIONS =
      Architectures.layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("state")
          .definedBy("io.sessionbridge.sessions.state..")
          .layer("rules")
          .definedBy("io.sessionbridge.sessions.rules..")
          .layer("reconciliation")
          .definedBy("io.sessionbridge.sessions.reconciliation..")
          .whereLayer("state")
          .mayNotAccessAnyLayer()
          .whereLayer("rules")
          .mayOnlyAccessLayers("state")
          .whereLayer("reconciliation")
          .mayOnlyAccessLayers("state", "rules");

  @ArchTest
  static final ArchRule THE_ROOMS_OF_THE_COMMANDS_ARE_THEIR_OWN =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.sessionbridge.sink.command..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.sessionbridge.sink.command.*..");

  /** Neither kind of entry knows the other, nor which system it runs on. */
  @ArchTest
  static final ArchRule ROOMS_OF_THE_COMMANDS =
      Architectures.layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("arguments")
          .definedBy("io.sessionbridge.sink.command.arguments..")
          .layer("config")
          .definedBy("io.sessionbridge.sink.command.config..")
          .layer("writers")
          .definedBy("io.sessionbridge.sink.command.writers..")
          .layer("process")
          .definedBy("io.sessionbridge.sink.command.process..")
          .layer("linux")
          .definedBy("io.sessionbridge.sink.command.linux..")
          .layer("windows")
          .definedBy("io.sessionbridge.sink.command.windows..")
          .layer("rules")
          .definedBy("io.sessionbridge.sink.command.rules..")
          .layer("events")
          .definedBy("io.sessionbridge.sink.command.events..")
          .layer("state")
          .definedBy("io.sessionbridge.sink.command.state..")
          .whereLayer("arguments")
          .mayNotAccessAnyLayer()
          .whereLayer("config")
          .mayOnlyAccessLayers("arguments")
          .whereLayer("writers")
          .mayOnlyAccessLayers("config")
          .whereLayer("process")
          .mayOnlyAccessLayers("config", "writers")
          .whereLayer("linux")
          .mayOnlyAccessLayers("config", "process")
          .whereLayer("windows")
          .mayOnlyAccessLayers("config", "process")
          .whereLayer("rules")
          .mayOnlyAccessLayers("config", "writers")
          .whereLayer("events")
          .mayOnlyAccessLayers("arguments", "config", "process", "rules")
          .whereLayer("state")
          .mayOnlyAccessLayers("arguments", "config", "process");

  /** A plug-in declares keys; which class checks a value is nothing to it. */
  @ArchTest
  static final ArchRule THE_TYPES_OF_THE_CONFIGURATION_ARE_ITS_OWN =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.sessionbridge.config..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.sessionbridge.config.type..");

  @ArchTest
  static final ArchRule ROOMS_OF_THE_JOURNAL =
      Architectures.layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("file")
          .definedBy("io.sessionbridge.journal.file..")
          .layer("read")
          .definedBy("io.sessionbridge.journal.read..")
          .layer("cursors")
          .definedBy("io.sessionbridge.journal.cursors..")
          .layer("retention")
          .definedBy("io.sessionbridge.journal.retention..")
          .layer("write")
          .definedBy("io.sessionbridge.journal.write..")
          .whereLayer("file")
          .mayNotAccessAnyLayer()
          .whereLayer("read")
          .mayOnlyAccessLayers("file")
          .whereLayer("cursors")
          .mayOnlyAccessLayers("file")
          .whereLayer("retention")
          .mayOnlyAccessLayers("file", "cursors")
          .whereLayer("write")
          .mayOnlyAccessLayers("file", "cursors", "retention");

  @ArchTest
  static final ArchRule NO_CYCLES =
      slices().matching("io.sessionbridge.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule GUICE_ONLY_WHERE_THINGS_ARE_BOUND =
      noClasses()
          .that()
          .haveNameNotMatching(".*Module(\\$.*)?")
          .and()
          .resideOutsideOfPackages(
              "io.sessionbridge.bridge..", "io.sessionbridge.cli..", "io.sessionbridge.testkit..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.google.inject..");

  @ArchTest
  static final ArchRule PROMETHEUS_ONLY_IN_HTTP =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.sessionbridge.http..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.prometheus..", "com.sun.net.httpserver..");

  @ArchTest
  static final ArchRule NO_NATIVE_CODE_OUTSIDE_THE_WINDOWS_MODULES =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.sessionbridge.windows..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.sun.jna..");

  @ArchTest
  static final ArchRule THE_WINDOWS_LIBRARY_NEEDS_JNA_ONLY =
      classes()
          .that()
          .resideInAPackage("io.sessionbridge.windows..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.sessionbridge.windows..",
              "com.sun.jna..",
              "java..",
              "javax.xml.stream..",
              "org.jspecify..");

  @ArchTest
  static final ArchRule NOBODY_SLEEPS =
      noClasses().should().callMethod(Thread.class, "sleep", long.class);
}
