// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

import org.jspecify.annotations.Nullable;
import org.tailwalk.scenario.DatapathSpec;
import org.tailwalk.scenario.Era;
import picocli.CommandLine.Option;

/**
 * The node, datapath and model that a command line names, for every command that takes all three.
 */
final class NodeChoice {
  @Option(
      names = "--scenario",
      paramLabel = "FILE",
      description =
          "The node the capture is replayed against. Without it, scenario.json beside the capture "
              + "if there is one, else a guess from the capture; 'infer' always guesses.")
  @Nullable String scenario;

  @Option(
      names = "--datapath",
      paramLabel = "NAME|FILE.o",
      description =
          "bundled:ERA[/dual|v4|v6][,+option,-option], or an object file. Beats the scenario.",
      converter = NodeOptions.DatapathConverter.class)
  @Nullable DatapathSpec datapath;

  @Option(
      names = "--model",
      paramLabel = "ERA",
      description =
          "Sets the model apart from the kernel lane: seed, pr25426, pr26115, pr26118, pr33551.",
      converter = NodeOptions.EraConverter.class)
  @Nullable Era model;
}
