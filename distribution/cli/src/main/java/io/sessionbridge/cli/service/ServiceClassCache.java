package io.sessionbridge.cli.service;

import io.sessionbridge.cli.cache.CacheException;
import io.sessionbridge.cli.cache.CacheTraining;
import io.sessionbridge.cli.cache.ClassCache;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Makes the class cache at the installation of the service, which also works without one. */
final class ServiceClassCache {

  private final ClassCache cache;
  private final Consumer<String> log;

  /**
   * For a cache.
   *
   * @param log gets the reason if the cache cannot be made, since an installer hides the output
   */
  ServiceClassCache(ClassCache cache, Consumer<String> log) {
    this.cache = cache;
    this.log = log;
  }

  /**
   * The options of the service: the given ones and those for the cache.
   *
   * @param java the program, its options and the class path, as the service is started with them
   */
  List<String> make(List<String> options, List<String> java) {
    if (!cache.isSupported()) {
      return options;
    }
    try {
      new CacheTraining(cache, java).run();
    } catch (CacheException e) {
      System.out.println("warning: the service starts more slowly: " + e.getMessage());
      log.accept(
          "The class cache of SessionBridge was not made, so the service may start more slowly: "
              + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    List<String> all = new ArrayList<>(options);
    all.addAll(cache.options());
    return all;
  }
}
