package io.sessionbridge.cli.service;

import io.sessionbridge.windows.access.DataFolder.Unsafe;
import picocli.CommandLine.Option;

/** The option {@code --allow-writable}, for installing and running a service. */
final class AllowWritable {

  static final String OPTION = "--allow-writable";

  @Option(
      names = OPTION,
      description =
          "Only warns if other users can change what the service runs or its data, and so control"
              + " the system. For test machines.")
  private boolean allowed;

  boolean isAllowed() {
    return allowed;
  }

  Unsafe dataFolder() {
    return allowed ? Unsafe.ALLOWED : Unsafe.REFUSED;
  }
}
