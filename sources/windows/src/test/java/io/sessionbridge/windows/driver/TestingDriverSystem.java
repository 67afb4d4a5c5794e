package io.sessionbridge.windows.driver;

import io.sessionbridge.windows.service.ServiceState;
import io.sessionbridge.windows.session.calls.CallException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A device that answers with what a test prepared: bytes, or an error. */
final class TestingDriverSystem implements DriverSystem, DriverSystem.Device {

  final Map<Integer, byte[]> answers = new HashMap<>();
  final Map<Integer, Integer> errors = new HashMap<>();
  final List<byte[]> attached = new ArrayList<>();
  int openError;
  Optional<ServiceState> service = Optional.of(ServiceState.RUNNING);
  int open;
  boolean stopped;

  TestingDriverSystem() {
    answers.put(InstalledDriver.VERSION, fixture("version"));
    answers.put(InstalledDriver.STATISTICS, fixture("statistics"));
    answers.put(InstalledDriver.READ, fixture("records"));
  }

  static byte[] fixture(String name) {
    try {
      return Fixture.of(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Device open() throws CallException {
    if (openError != 0) {
      throw new CallException("CreateFile", openError);
    }
    open++;
    return this;
  }

  @Override
  public Optional<ServiceState> service() {
    return service;
  }

  @Override
  public byte[] request(int code, byte[] input, int room) throws CallException {
    Integer error = errors.get(code);
    if (error != null) {
      throw new CallException("DeviceIoControl", error);
    }
    if (code == InstalledDriver.ATTACH) {
      attached.add(input);
    }
    return answers.getOrDefault(code, new byte[0]);
  }

  @Override
  public Optional<byte[]> await(int code, int room) throws CallException {
    return stopped ? Optional.empty() : Optional.of(request(code, new byte[0], room));
  }

  @Override
  public void stop() {
    stopped = true;
  }

  @Override
  public void close() {
    open--;
  }
}
