package io.sessionbridge.sink.kafka;

import com.github.luben.zstd.util.ZstdVersion;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.xerial.snappy.OSInfo;

/**
 * Checks whether the native code of a codec was shipped: archives and packages contain it for a few
 * platforms only. Nothing is unpacked or loaded: {@link NativeCodec} does that when the sink
 * connects.
 */
final class ShippedCode {

  private ShippedCode() {}

  /**
   * Why a codec is not available on this machine; empty if it is.
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
          case GZIP, LZ4, NONE -> true; // implemented in Java; lz4 has optional native code
        };
    if (there) {
      return Optional.empty();
    }
    return Optional.of(
        "cannot be %s: its native code for %s on %s is not included; use gzip or lz4"
            .formatted(
                codec.kafkaName(), System.getProperty("os.name"), System.getProperty("os.arch")));
  }

  static boolean onClassPath(String name) {
    return ShippedCode.class.getResource(name) != null;
  }

  /** These properties set the path of a library. */
  private static boolean isSet(String property) {
    return System.getProperty(property) != null;
  }

  /** The resource that zstd-jni loads. */
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

  /** The resource that snappy-java loads. */
  private static String snappy() {
    return "/org/xerial/snappy/native/"
        + OSInfo.getNativeLibFolderPathForCurrentOS()
        + "/"
        + System.mapLibraryName("snappyjava");
  }
}
