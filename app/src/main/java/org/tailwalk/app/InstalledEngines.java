// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app;

import java.nio.file.Path;
import org.tailwalk.app.cli.Engines;
import org.tailwalk.app.platform.UserFolders;
import org.tailwalk.bpf.engine.BundledObjects;
import org.tailwalk.bpf.engine.KernelReplayEngine;
import org.tailwalk.bpf.engine.LoadMode;
import org.tailwalk.bpf.engine.ObjectSource;
import org.tailwalk.datapath.ModelReplayEngine;
import org.tailwalk.engine.ReplayEngine;
import org.tailwalk.scenario.DatapathSpec;

/** The engines of this program. */
final class InstalledEngines implements Engines {
  /** Opening the same datapath again, or the next recorded session, needs no loading. */
  private static final int KEPT = 2;

  private final BundledObjects bundled = new BundledObjects(UserFolders.cache(), "clang");

  @Override
  public ReplayEngine kernel(DatapathSpec datapath) {
    return new KernelReplayEngine(
        objects(datapath), LoadMode.TRACED, KernelReplayEngine.MAX_ENTRIES, KEPT);
  }

  @Override
  public ObjectSource objects(DatapathSpec datapath) {
    return switch (datapath.source()) {
      case DatapathSpec.Bundled _ -> bundled;
      case DatapathSpec.ObjectFile(String path) -> ObjectSource.ofFile(Path.of(path));
    };
  }

  @Override
  public ReplayEngine model() {
    return new ModelReplayEngine();
  }
}
