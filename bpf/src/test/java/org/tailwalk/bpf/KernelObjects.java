// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.tailwalk.bpf.sys.Bpf;
import org.tailwalk.bpf.sys.SysException;

/** Kernel ids of programs, maps, BTF and links; other processes load their own at the same time. */
public record KernelObjects(
    Set<Integer> programs, Set<Integer> maps, Set<Integer> btfs, Set<Integer> links) {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** What a process holds descriptors of, by /proc/PID/fdinfo. */
  public static KernelObjects heldBy(long pid) throws IOException {
    KernelObjects held =
        new KernelObjects(new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
    try (Stream<Path> files = Files.list(Path.of("/proc/" + pid + "/fdinfo"))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        held.add(file);
      }
    }
    return held;
  }

  public static KernelObjects held() throws IOException {
    return heldBy(ProcessHandle.current().pid());
  }

  private void add(Path fdinfo) {
    try {
      for (String line : Files.readAllLines(fdinfo)) {
        String[] field = line.split(":\\s*", 2);
        switch (field[0]) {
          case "prog_id" -> programs.add(Integer.parseInt(field[1].strip()));
          case "map_id" -> maps.add(Integer.parseInt(field[1].strip()));
          case "btf_id" -> btfs.add(Integer.parseInt(field[1].strip()));
          case "link_id" -> links.add(Integer.parseInt(field[1].strip()));
          default -> {}
        }
      }
    } catch (IOException e) {
      return; // the descriptor was closed meanwhile
    }
  }

  /** Of these objects, those that exist still: the kernel frees them after a grace period. */
  public KernelObjects remaining() throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      KernelObjects left =
          new KernelObjects(
              existing(Bpf.Kind.PROG, programs),
              existing(Bpf.Kind.MAP, maps),
              existing(Bpf.Kind.BTF, btfs),
              existing(Bpf.Kind.LINK, links));
      if (left.isEmpty() || System.nanoTime() > end) {
        return left;
      }
      Thread.sleep(20);
    }
  }

  public boolean isEmpty() {
    return programs.isEmpty() && maps.isEmpty() && btfs.isEmpty() && links.isEmpty();
  }

  private static Set<Integer> existing(Bpf.Kind kind, Set<Integer> wanted) throws SysException {
    Set<Integer> found = new TreeSet<>();
    for (int id = Bpf.nextId(kind, 0); id != 0; id = Bpf.nextId(kind, id)) {
      if (wanted.contains(id)) {
        found.add(id);
      }
    }
    return found;
  }

  /** Open descriptors of this process. */
  public static long descriptors() throws IOException {
    try (Stream<Path> fds = Files.list(Path.of("/proc/self/fd"))) {
      return fds.count();
    }
  }
}
