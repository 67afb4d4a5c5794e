package io.sessionbridge.sink.mqtt;

import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import java.io.IOException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/**
 * Mosquitto in a container: {@code eclipse-mosquitto:2}, or the image that the environment variable
 * {@code SESSIONBRIDGE_MOSQUITTO_IMAGE} names. It keeps its port when it starts again.
 */
final class TestingContainer implements TestingBroker {

  private static final String IMAGE =
      System.getenv().getOrDefault("SESSIONBRIDGE_MOSQUITTO_IMAGE", "eclipse-mosquitto:2");

  private static final int PORT = 1883;
  private static final String FILE = "/tmp/sessionbridge.conf";
  private static final String SETTINGS = "listener " + PORT + "\nallow_anonymous true\n";

  private final int port = TestingPorts.free();
  private final GenericContainer<?> container =
      new GenericContainer<>(DockerImageName.parse(IMAGE))
          .withCopyToContainer(Transferable.of(SETTINGS), FILE)
          .withCommand("mosquitto", "-v", "-c", FILE)
          .withExposedPorts(PORT)
          .withCreateContainerCmdModifier(
              command ->
                  command.withHostConfig(
                      hostConfig(command.getHostConfig()).withPortBindings(binding())))
          .waitingFor(Wait.forLogMessage(".*mosquitto version .* running.*\n", 1));

  TestingContainer() throws IOException {}

  private static HostConfig hostConfig(HostConfig given) {
    return given == null ? HostConfig.newHostConfig() : given;
  }

  private PortBinding binding() {
    return new PortBinding(Ports.Binding.bindIpAndPort("127.0.0.1", port), ExposedPort.tcp(PORT));
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public void start() {
    if (container.getContainerId() == null) {
      container.start();
      return;
    }
    container.getDockerClient().startContainerCmd(container.getContainerId()).exec();
  }

  @Override
  public void stop() {
    container.getDockerClient().stopContainerCmd(container.getContainerId()).exec();
  }

  /** SIGKILL to the broker. */
  void kill() {
    container.getDockerClient().killContainerCmd(container.getContainerId()).exec();
  }

  @Override
  public void close() {
    container.close();
  }
}
