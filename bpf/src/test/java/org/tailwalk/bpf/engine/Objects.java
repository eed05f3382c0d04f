// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.engine;

import java.nio.file.Path;

/** The bundled datapath for tests, compiled once for all of them. */
final class Objects {
  private static final BundledObjects BUNDLED =
      new BundledObjects(Path.of("target", "test-cache"), "clang");

  private Objects() {}

  static BundledObjects bundled() {
    return BUNDLED;
  }
}
