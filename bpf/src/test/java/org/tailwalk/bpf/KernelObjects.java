// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.tailwalk.bpf.sys.Bpf;
import org.tailwalk.bpf.sys.SysException;

/**
 * What is in the kernel and in this process's descriptor table, to be compared before and after.
 */
public record KernelObjects(Set<Integer> programs, Set<Integer> maps, Set<Integer> btfs, long fds) {
  public static KernelObjects now() throws IOException {
    try (Stream<Path> fds = Files.list(Path.of("/proc/self/fd"))) {
      return new KernelObjects(
          ids(Bpf.Kind.PROG), ids(Bpf.Kind.MAP), ids(Bpf.Kind.BTF), fds.count());
    }
  }

  private static Set<Integer> ids(Bpf.Kind kind) throws SysException {
    Set<Integer> found = new TreeSet<>();
    for (int id = Bpf.nextId(kind, 0); id != 0; id = Bpf.nextId(kind, id)) {
      found.add(id);
    }
    return found;
  }
}
