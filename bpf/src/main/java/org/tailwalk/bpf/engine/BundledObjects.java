// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tailwalk.bpf.elf.CollectionSpec;
import org.tailwalk.engine.EngineUnavailableException;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.scenario.DatapathConfig;
import org.tailwalk.text.Message;

/**
 * The bundled datapath, compiled by clang for each era, set of options and constants, and kept in
 * the user's cache by the hash of sources, flags and compiler.
 */
public final class BundledObjects implements ObjectSource {
  private static final List<String> TARGET = List.of("-target", "bpf", "-mcpu=v3", "-O2", "-g");
  private static final int PATIENCE_SECONDS = 60;
  private static final String FULL = "No space left on device";

  private final Path cache;
  private final String clang;
  private final Consumer<SortedMap<String, byte[]>> edit;
  private final Map<List<String>, CollectionSpec> read = new HashMap<>();
  private @Nullable SortedMap<String, byte[]> files;
  private @Nullable String version;

  /**
   * @param cache a folder of our own; created when needed
   * @param clang the compiler's command
   */
  public BundledObjects(Path cache, String clang) {
    this(cache, clang, _ -> {});
  }

  /**
   * @param edit what is changed in the sources, by file name, before they are compiled: for
   *     experiments
   */
  public BundledObjects(Path cache, String clang, Consumer<SortedMap<String, byte[]>> edit) {
    this.cache = cache;
    this.clang = clang;
    this.edit = edit;
  }

  @Override
  public String name(DatapathConfig config) {
    return "bundled:" + config.era().label();
  }

  @Override
  public synchronized CollectionSpec object(DatapathConfig config) throws ReplayException {
    List<String> build = new ArrayList<>(ClangFlags.of(config));
    build.add(ClangFlags.source(config));
    CollectionSpec known = read.get(build);
    if (known == null) {
      known = ObjectSource.read(name(config), file(config));
      read.put(build, known);
    }
    return known;
  }

  @Override
  public Map<String, List<String>> sources(DatapathConfig config) {
    try {
      Map<String, List<String>> files = new HashMap<>();
      sources()
          .forEach((name, content) ->
              files.put(name, new String(content, StandardCharsets.UTF_8).lines().toList()));
      return files;
    } catch (IOException e) {
      return Map.of(); // the object's own lines still tell the most
    }
  }

  /** The compiled object's file; compiles it when the cache has none. */
  public synchronized Path file(DatapathConfig config) throws ReplayException {
    String where = "compile " + name(config);
    List<String> flags = new ArrayList<>(TARGET);
    flags.addAll(ClangFlags.of(config));
    // No path of this machine in the object: it is cached by content and shown to users.
    flags.addAll(List.of("-fdebug-compilation-dir=.", "-c", ClangFlags.source(config)));
    try {
      SortedMap<String, byte[]> sources = sources();
      String key = hash(sources, flags, version());
      Path object = cache.resolve("objects").resolve(key + ".o");
      if (!Files.exists(object)) {
        try {
          compile(where, sources, flags, object);
        } catch (IOException e) {
          // A home that is read-only or full: the model runs all the same. What is written to a
          // full disk fails with no more than an IOException.
          throw new EngineUnavailableException(
              Message.of("wrong.engine.cache", where, reason(e)), e);
        }
      }
      return object;
    } catch (IOException e) {
      throw new ReplayException(where + ": " + e.getMessage(), e);
    }
  }

  private static String reason(IOException e) {
    return switch (e) {
      case AccessDeniedException denied -> denied.getFile() + ": permission denied";
      case NoSuchFileException gone -> gone.getFile() + ": no such folder";
      default -> String.valueOf(e.getMessage());
    };
  }

  private void compile(
      String where, SortedMap<String, byte[]> sources, List<String> flags, Path object)
      throws IOException, ReplayException {
    Files.createDirectories(object.getParent());
    Path folder = Files.createTempDirectory(cache, "build-");
    try {
      for (Map.Entry<String, byte[]> source : sources.entrySet()) {
        Path file = folder.resolve(source.getKey());
        Files.createDirectories(file.getParent());
        Files.write(file, source.getValue());
      }
      List<String> command = new ArrayList<>(List.of(clang));
      command.addAll(flags);
      command.addAll(List.of("-o", "out.o"));
      Output output = run(command, folder);
      if (output.text.contains(FULL)) {
        // The compiler takes it for a mistake of its own, and says so at length.
        throw new IOException(FULL);
      }
      if (output.exit != 0) {
        throw new ReplayException(where + ": clang: " + output.text.strip());
      }
      Files.move(
          folder.resolve("out.o"),
          object,
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } finally {
      deleteTree(folder);
    }
  }

  private synchronized SortedMap<String, byte[]> sources() throws IOException {
    SortedMap<String, byte[]> known = files;
    if (known == null) {
      known = BundledSources.read();
      edit.accept(known);
      files = known;
    }
    return known;
  }

  private record Output(int exit, String text) {}

  private synchronized String version() throws IOException, ReplayException {
    String known = version;
    if (known == null) {
      known = run(List.of(clang, "--version"), Path.of(".")).text.lines().findFirst().orElse("");
      version = known;
    }
    return known;
  }

  private Output run(List<String> command, Path folder) throws IOException, ReplayException {
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .start();
    } catch (IOException e) {
      throw new EngineUnavailableException(Message.of("wrong.engine.clang", command.getFirst()), e);
    }
    try (var stream = process.getInputStream()) {
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("clang does not end");
      }
      return new Output(process.exitValue(), text);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while clang runs", e);
    } finally {
      process.destroy();
    }
  }

  private static String hash(
      SortedMap<String, byte[]> sources, List<String> flags, String version) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(version.getBytes(StandardCharsets.UTF_8));
      digest.update(String.join("\0", flags).getBytes(StandardCharsets.UTF_8));
      sources.forEach((name, content) -> {
        digest.update((name + "\0" + content.length + "\0").getBytes(StandardCharsets.UTF_8));
        digest.update(content);
      });
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static void deleteTree(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
