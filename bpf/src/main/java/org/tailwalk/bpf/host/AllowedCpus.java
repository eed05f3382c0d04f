// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The CPUs this process may run on. */
final class AllowedCpus {
  private static final String LABEL = "Cpus_allowed_list:";

  private AllowedCpus() {}

  /** The highest one: the lowest is where interrupts and everyone else tend to be. */
  static int last() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
        if (line.startsWith(LABEL)) {
          return last(line.substring(LABEL.length()).strip());
        }
      }
    } catch (IOException e) {
      return 0;
    }
    return 0;
  }

  /** {@code "0-1,4"} gives 4. */
  static int last(String list) {
    String part = list.substring(list.lastIndexOf(',') + 1);
    return Integer.parseInt(part.substring(part.indexOf('-') + 1).strip());
  }
}
