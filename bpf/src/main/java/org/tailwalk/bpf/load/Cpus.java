// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The CPUs that this machine could have, which is what per-CPU maps are sized by. */
public final class Cpus {
  private Cpus() {}

  private static final class Holder {
    static final int POSSIBLE = read();
  }

  public static int possible() {
    return Holder.POSSIBLE;
  }

  private static int read() {
    try {
      return count(Files.readString(Path.of("/sys/devices/system/cpu/possible")).strip());
    } catch (IOException e) {
      return Runtime.getRuntime().availableProcessors();
    }
  }

  /** {@code "0-3,8"} names five CPUs; per-CPU values go up to the highest number: nine. */
  static int count(String list) {
    int highest = 0;
    for (String part : list.split(",", -1)) {
      highest = Math.max(highest, Integer.parseInt(part.substring(part.indexOf('-') + 1).strip()));
    }
    return highest + 1;
  }
}
