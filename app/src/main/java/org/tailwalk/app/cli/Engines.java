// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

import java.nio.file.Path;
import org.tailwalk.app.platform.UserFolders;
import org.tailwalk.bpf.engine.BundledObjects;
import org.tailwalk.bpf.engine.ObjectSource;
import org.tailwalk.engine.ReplayEngine;
import org.tailwalk.scenario.DatapathSpec;

/**
 * The two engines, made when a command asks for them. Whether the kernel's can run here shows when
 * a session is opened.
 */
public interface Engines {
  /**
   * The loaded programs of a datapath; an engine that is also {@code AutoCloseable} gets closed.
   */
  ReplayEngine kernel(DatapathSpec datapath);

  /** The model. */
  ReplayEngine model();

  /** Where a datapath's object comes from: a file, or the compiler. */
  default ObjectSource objects(DatapathSpec datapath) {
    return switch (datapath.source()) {
      case DatapathSpec.Bundled _ -> new BundledObjects(UserFolders.cache(), "clang");
      case DatapathSpec.ObjectFile(String path) -> ObjectSource.ofFile(Path.of(path));
    };
  }
}
