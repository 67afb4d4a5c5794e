package io.sessionbridge.parts;

import io.sessionbridge.parts.Parts.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * The hashes in a list of parts. The build lists jars as they are published; what is shipped may be
 * a copy from which something was left out.
 */
public final class PartHashes {

  private PartHashes() {}

  /**
   * The list with the hashes of the jars that are shipped, and else as it was.
   *
   * @param list CycloneDX as JSON
   * @param lib the folder of these jars; a part without one keeps its hashes
   * @throws IOException also if a hash is of an algorithm that Java does not have
   */
  public static String ofJars(String list, Path lib) throws IOException {
    String text = list;
    for (Part part : Parts.parse(list)) {
      Path jar = lib.resolve(part.jar());
      if (!Files.exists(jar)) {
        continue;
      }
      for (Map.Entry<String, String> hash : part.hashes().entrySet()) {
        text = text.replace(hash.getValue(), hash(hash.getKey(), jar));
      }
    }
    return text;
  }

  private static String hash(String algorithm, Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IOException("the list of parts has a hash that Java cannot make: " + algorithm, e);
    }
  }
}
