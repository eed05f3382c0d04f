// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.sys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.tailwalk.text.Message;

/** The capabilities that loading and running programs ask for. */
public enum Capability {
  CAP_NET_ADMIN(12),
  CAP_SYS_ADMIN(21),
  CAP_PERFMON(38),
  CAP_BPF(39);

  private final int bit;

  Capability(int bit) {
    this.bit = bit;
  }

  /** The capabilities in effect for the calling thread; empty when /proc cannot be read. */
  public static Set<Capability> effective() {
    EnumSet<Capability> held = EnumSet.noneOf(Capability.class);
    List<String> status;
    try {
      status = Files.readAllLines(Path.of("/proc/thread-self/status"));
    } catch (IOException e) {
      return held;
    }
    for (String line : status) {
      if (line.startsWith("CapEff:")) {
        long mask = Long.parseUnsignedLong(line.substring("CapEff:".length()).strip(), 16);
        for (Capability c : values()) {
          if ((mask >>> c.bit & 1) != 0) {
            held.add(c);
          }
        }
      }
    }
    return held;
  }

  /**
   * Why a call that wants these capabilities was refused. SYS_ADMIN stands for BPF and PERFMON, as
   * it does in the kernel.
   */
  static Message explain(Capability... needed) {
    Set<Capability> held = effective();
    boolean admin = held.contains(CAP_SYS_ADMIN);
    List<Capability> missing =
        Arrays.stream(needed)
            .filter(c -> !held.contains(c) && !(admin && (c == CAP_BPF || c == CAP_PERFMON)))
            .toList();
    if (missing.isEmpty()) {
      return Message.of("wrong.call.elsewhere", names(Arrays.asList(needed)));
    }
    return Message.of("wrong.call.lacks", names(missing));
  }

  private static String names(List<Capability> list) {
    return list.stream().map(Enum::name).collect(Collectors.joining(", "));
  }
}
