package io.sessionbridge.msi;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.testkit.RequiredTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The signatures of the package and of the libraries in it. */
@Timeout(900)
class MsiSignatureIT {

  @TempDir private static Path folder;
  private static BuiltMsi msi;
  private static Programs programs;

  @BeforeAll
  static void build() throws Exception {
    msi = BuiltMsi.make(folder);
    programs = msi.programs();
  }

  /** A certificate of the test's own: what it is worth is not a matter of the format. */
  @Test
  void thePackageAndItsLibrariesAreSigned() throws Exception {
    RequiredTool.find("osslsigncode");
    RequiredTool.find("openssl");
    Path certificate = folder.resolve("certificate.pem");
    Path key = folder.resolve("key.pem");
    makeCertificate(certificate, key);
    Path bundle = folder.resolve("bundle to sign");
    programs.run(Map.of(), 60, "cp", "-r", Programs.BUNDLE.toString(), bundle.toString());
    Path lz4 = Path.of("lib/native/net/jpountz/util/windows/amd64/lz4-java.dll");
    String sign = Programs.script("sign");
    programs.run(
        Map.of(), 60, sign, certificate.toString(), key.toString(), bundle.resolve(lz4).toString());
    byte[] signedBefore = Files.readAllBytes(bundle.resolve(lz4));

    Path signed = folder.resolve("signed.msi");
    List<String> command =
        new ArrayList<>(List.of(Programs.command(bundle, msi.runtime(), "1.2.3", signed)));
    command.addAll(List.of("--sign-certificate=" + certificate, "--sign-key=" + key));
    command.add("--sign-timestamp=");
    programs.run(Map.of(), 300, command.toArray(String[]::new));

    assertThat(verify(signed, certificate)).contains("Signature verification: ok");
    assertThat(programs.table(signed, "Property")).isEqualTo(msi.table("Property"));
    Path inside = Files.createDirectory(folder.resolve("signed"));
    programs.run(Map.of(), 60, "msiextract", "-C", inside.toString(), signed.toString());
    Path home = inside.resolve("SessionBridge");
    List<Path> libraries;
    try (Stream<Path> all = Files.walk(home.resolve("lib/native"))) {
      libraries = all.filter(file -> file.toString().endsWith(".dll")).toList();
    }
    assertThat(libraries).hasSize(5);
    for (Path library : libraries) {
      assertThat(verify(library, certificate))
          .as(library.toString())
          .contains("Signature verification: ok");
    }
    assertThat(home.resolve(lz4)).hasBinaryContent(signedBefore);
    assertThat(home.resolve("runtime/bin/java.exe")).hasBinaryContent(BuiltMsi.java());
  }

  @Test
  void aCertificateNeedsItsKey() throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Programs.command(
                    Programs.BUNDLE, msi.runtime(), "1.2.3", folder.resolve("no.msi"))));
    command.add("--sign-certificate=certificate.pem");
    assertThat(programs.fail(Map.of(), 60, command.toArray(String[]::new)))
        .startsWith("build: to sign, give --sign-certificate and --sign-key");
  }

  private static void makeCertificate(Path certificate, Path key) throws Exception {
    List<String> command = new ArrayList<>(List.of("openssl", "req", "-x509", "-nodes"));
    command.addAll(List.of("-newkey", "rsa:2048", "-days", "2", "-subj", "/CN=SessionBridge test"));
    command.addAll(List.of("-addext", "extendedKeyUsage=codeSigning"));
    command.addAll(List.of("-keyout", key.toString(), "-out", certificate.toString()));
    programs.run(Map.of(), 60, command.toArray(String[]::new));
  }

  private static String verify(Path signed, Path certificate)
      throws IOException, InterruptedException {
    return programs.run(
        Map.of(),
        120,
        "osslsigncode",
        "verify",
        "-in",
        signed.toString(),
        "-CAfile",
        certificate.toString());
  }
}
