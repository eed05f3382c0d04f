// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

import org.jspecify.annotations.Nullable;
import org.tailwalk.scenario.DatapathSpec;
import org.tailwalk.scenario.Era;
import picocli.CommandLine.Option;

/** What the second capture is replayed against, where that is something else. */
final class OtherNodeOptions {
  @Option(
      names = "--scenario-b",
      paramLabel = "FILE",
      description = "The node that B is replayed against; without it as for A.")
  @Nullable String scenario;

  @Option(
      names = "--datapath-b",
      paramLabel = "NAME|FILE.o",
      description = "B's datapath; without it as for A.",
      converter = NodeOptions.DatapathConverter.class)
  @Nullable DatapathSpec datapath;

  @Option(
      names = "--model-b",
      paramLabel = "ERA",
      description = "B's model, where that is another one than its datapath.",
      converter = NodeOptions.EraConverter.class)
  @Nullable Era model;

  /** Whether B differs from A in anything but its capture. */
  boolean any() {
    return scenario != null || datapath != null || model != null;
  }
}
