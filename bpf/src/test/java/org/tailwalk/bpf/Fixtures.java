// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.tailwalk.bpf.elf.CollectionSpec;
import org.tailwalk.bpf.elf.ElfFormatException;
import org.tailwalk.bpf.elf.ObjectReader;

/**
 * The C programs beside the tests, compiled by clang when asked for. No clang is a failure, not a
 * skip: nothing here could be tested without it.
 */
public final class Fixtures {
  private static final Path SOURCES = Path.of("src", "test", "bpf");
  private static final Map<String, byte[]> COMPILED = new ConcurrentHashMap<>();

  /** Instruction sets: v1 the first, v2 more jumps, v3 32-bit arithmetic and jumps. */
  public static final List<String> CPUS = List.of("v1", "v2", "v3");

  private Fixtures() {}

  /** Names of all fixtures; at least one. */
  public static List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(SOURCES)) {
      List<String> names =
          files
              .map(f -> f.getFileName().toString())
              .filter(f -> f.endsWith(".bpf.c"))
              .map(f -> f.substring(0, f.length() - ".bpf.c".length()))
              .sorted()
              .toList();
      if (names.isEmpty()) {
        throw new IOException("no fixture in " + SOURCES.toAbsolutePath());
      }
      return names;
    }
  }

  /** The object of a fixture, for the newest instruction set. */
  public static byte[] object(String name) throws IOException {
    return object(name, "v3");
  }

  public static byte[] object(String name, String cpu) throws IOException {
    String key = name + "-" + cpu;
    byte[] known = COMPILED.get(key);
    if (known == null) {
      known = compile(name, cpu);
      COMPILED.put(key, known);
    }
    return known.clone();
  }

  public static CollectionSpec spec(String name) throws IOException, ElfFormatException {
    return ObjectReader.read(name + ".bpf.o", object(name));
  }

  /** The bundled per-endpoint programs as the recordings' {@code dual}, {@code v4}, {@code v6}. */
  public static byte[] bundled(String families, String cpu, String... more) throws IOException {
    List<String> options = new ArrayList<>(List.of(BUNDLED.split(" ")));
    if (!families.equals("v6")) {
      options.add("ENABLE_IPV4");
    }
    if (!families.equals("v4")) {
      options.add("ENABLE_IPV6");
    }
    options.addAll(List.of(more));
    String key = "bundled " + cpu + options;
    byte[] known = COMPILED.get(key);
    if (known == null) {
      known =
          compile(
              Path.of("src", "main", "bpf", "lxc.bpf.c"),
              cpu,
              options.stream().map(o -> "-D" + o + (o.contains("=") ? "" : "=1")).toList());
      COMPILED.put(key, known);
    }
    return known.clone();
  }

  private static final String BUNDLED =
      "ERA=ERA_SEED ENABLE_ROUTING DROP_NOTIFY TRACE_NOTIFY POLICY_VERDICT_NOTIFY"
          + " CONNTRACK_ACCOUNTING ENABLE_ARP_RESPONDER ENABLE_IDENTITY_MARK"
          + " LOCAL_DELIVERY_METRICS HAVE_CHANGE_TAIL HAVE_LARGE_INSN_LIMIT"
          + " HAVE_LRU_HASH_MAP_TYPE";

  /** The object of any source below the module, with the given options; not kept. */
  public static byte[] compiled(Path source, List<String> options) throws IOException {
    return compile(source, "v3", options);
  }

  private static byte[] compile(String name, String cpu) throws IOException {
    return compile(SOURCES.resolve(name + ".bpf.c"), cpu, List.of("-Wall", "-Werror"));
  }

  private static byte[] compile(Path source, String cpu, List<String> options) throws IOException {
    String name = source.getFileName().toString();
    Path out = Files.createTempFile(name, ".o");
    try {
      List<String> command =
          new ArrayList<>(List.of("clang", "-target", "bpfel", "-mcpu=" + cpu, "-O2", "-g"));
      command.addAll(options);
      command.addAll(List.of("-Wno-unused", "-c", source.toString(), "-o", out.toString()));
      Process clang = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(clang.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (clang.waitFor() != 0) {
        throw new IOException("compile " + source + ": " + said);
      }
      return Files.readAllBytes(out);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("compile fixture " + name + ": interrupted", e);
    } finally {
      Files.deleteIfExists(out);
    }
  }
}
