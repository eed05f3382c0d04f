// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app;

import java.nio.file.Path;
import org.tailwalk.bpf.engine.BundledObjects;

/** Where tests keep compiled objects: each build is compiled once, not once by each test class. */
public final class TestObjects {
  private static final Path CACHE = Path.of("target", "test-cache");

  private TestObjects() {}

  /** The bundled datapath; known by the content of its sources, so never a stale one. */
  public static BundledObjects bundled() {
    return new BundledObjects(CACHE, "clang");
  }
}
