// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.scenario.DatapathConfig;
import org.tailwalk.scenario.DatapathConstants;
import org.tailwalk.scenario.DatapathOption;
import org.tailwalk.scenario.Era;

/** A build of the bundled datapath as the compiler's command line. */
final class ClangFlags {
  private static final int PAYLOAD = 128;

  private ClangFlags() {}

  /** The file that is compiled; five eras are one source. */
  static String source(DatapathConfig config) {
    return switch (config.era()) {
      case WALKTHROUGH2020 -> "walkthrough2020.bpf.c";
      case LOOPER -> "looper.bpf.c";
      case SEED, PR25426, PR26115, PR26118, PR33551 -> BundledSources.MAIN;
    };
  }

  /** The -D flags, always in the same order: they are part of the cache's key. */
  static List<String> of(DatapathConfig config) throws ReplayException {
    DatapathConstants c = config.constants();
    if (c.tracePayloadLen() != PAYLOAD) {
      throw new ReplayException(
          "datapath bundled:%s: TRACE_PAYLOAD_LEN is %d, the bundled programs capture %d bytes"
              .formatted(config.era().label(), c.tracePayloadLen(), PAYLOAD));
    }
    List<String> flags = new ArrayList<>();
    if (config.era() == Era.LOOPER) {
      return flags; // it has no options
    }
    if (config.era() != Era.WALKTHROUGH2020) {
      flags.add("-DERA=ERA_" + config.era().name());
    }
    for (DatapathOption option : DatapathOption.values()) {
      if (config.has(option)) {
        flags.add("-D" + option.name() + "=1");
      }
    }
    number(flags, "MONITOR_AGGREGATION", c.monitorAggregation());
    number(flags, "CT_CONNECTION_LIFETIME_TCP", c.ctConnectionLifetimeTcp());
    number(flags, "CT_CONNECTION_LIFETIME_NONTCP", c.ctConnectionLifetimeNontcp());
    number(flags, "CT_SERVICE_LIFETIME_TCP", c.ctServiceLifetimeTcp());
    number(flags, "CT_SERVICE_LIFETIME_NONTCP", c.ctServiceLifetimeNontcp());
    number(flags, "CT_SERVICE_CLOSE_REBALANCE", c.ctServiceCloseRebalance());
    number(flags, "CT_SYN_TIMEOUT", c.ctSynTimeout());
    number(flags, "CT_CLOSE_TIMEOUT", c.ctCloseTimeout());
    number(flags, "CT_REPORT_INTERVAL", c.ctReportInterval());
    number(flags, "CT_REPORT_FLAGS", c.ctReportFlags());
    number(flags, "HOST_IFINDEX", c.hostIfindex());
    number(flags, "HOST_EP_ID", c.hostEpId());
    StringJoiner mac = new StringJoiner(",", "-DHOST_IFINDEX_MAC=", "");
    for (byte b : c.hostIfindexMac().toBytes()) {
      mac.add("0x%02x".formatted(b));
    }
    flags.add(mac.toString());
    byte[] loopback = c.ipv4Loopback().toBytes();
    flags.add(
        "-DIPV4_LOOPBACK=0x%02x%02x%02x%02x"
            .formatted(loopback[0], loopback[1], loopback[2], loopback[3]));
    return flags;
  }

  private static void number(List<String> flags, String name, long value) {
    flags.add(String.format(Locale.ROOT, "-D%s=%d", name, value));
  }
}
