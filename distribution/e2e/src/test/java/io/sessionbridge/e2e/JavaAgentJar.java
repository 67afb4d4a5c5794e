package io.sessionbridge.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Packs a class of the tests for the option {@code -javaagent}. */
final class JavaAgentJar {

  private JavaAgentJar() {}

  /**
   * Packs it.
   *
   * @param agent has the method {@code premain} and no nested classes
   */
  static Path make(Path folder, Class<?> agent) throws IOException {
    Path jar = folder.resolve(agent.getSimpleName() + ".jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Premain-Class", agent.getName());
    String name = agent.getName().replace('.', '/') + ".class";
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out, manifest);
        InputStream code = agent.getClassLoader().getResourceAsStream(name)) {
      entries.putNextEntry(new JarEntry(name));
      code.transferTo(entries);
    }
    return jar;
  }
}
