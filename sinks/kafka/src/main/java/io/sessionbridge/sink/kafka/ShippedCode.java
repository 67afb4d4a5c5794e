package io.sessionbridge.sink.kafka;

import com.github.luben.zstd.util.ZstdVersion;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.xerial.snappy.OSInfo;

/**
 * Whether the native code of a codec came along, since archives and packages hold that of a few
 * machines only. Nothing is unpacked or loaded: {@link NativeCodec} does that when the sink
 * connects.
 */
final class ShippedCode {

  private ShippedCode() {}

  /**
   * What to say of a codec that cannot be had on this machine; empty if it can.
   *
   * @param resource whether the class path has a file of this name
   */
  static Optional<String> problem(Codec codec, Predicate<String> resource) {
    boolean there =
        switch (codec) {
          case ZSTD -> isSet("ZstdNativePath") || resource.test(zstd());
          case SNAPPY ->
              isSet("org.xerial.snappy.lib.path")
                  || isSet("org.xerial.snappy.use.systemlib")
                  || resource.test(snappy());
          case GZIP, LZ4, NONE -> true; // in Java; lz4 has native code only to be faster
        };
    if (there) {
      return Optional.empty();
    }
    return Optional.of(
        "cannot be %s: no native code of it for %s on %s was shipped; use gzip or lz4"
            .formatted(
                codec.kafkaName(), System.getProperty("os.name"), System.getProperty("os.arch")));
  }

  static boolean onClassPath(String name) {
    return ShippedCode.class.getResource(name) != null;
  }

  /** A service gets the place of a library so. */
  private static boolean isSet(String property) {
    return System.getProperty(property) != null;
  }

  /** As zstd-jni looks for it. */
  private static String zstd() {
    String processor = System.getProperty("os.arch", "");
    String library = "/libzstd-jni-" + ZstdVersion.VERSION;
    return switch (OSInfo.getOSName()) {
      case "Windows" -> "/win/" + processor + library + ".dll";
      case "Mac" ->
          "/darwin/" + (processor.equals("amd64") ? "x86_64" : processor) + library + ".dylib";
      default ->
          "/"
              + System.getProperty("os.name", "").toLowerCase(Locale.ROOT).replace(' ', '_')
              + "/"
              + processor
              + library
              + ".so";
    };
  }

  /** As snappy-java looks for it. */
  private static String snappy() {
    return "/org/xerial/snappy/native/"
        + OSInfo.getNativeLibFolderPathForCurrentOS()
        + "/"
        + System.mapLibraryName("snappyjava");
  }
}
