// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.object;

import org.tailwalk.bpf.engine.ObjectInspection;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.scenario.DatapathConfig;
import org.tailwalk.scenario.DatapathSpec;

/** Reads the object of a datapath, compiling it first where it is a bundled one. */
@FunctionalInterface
public interface ObjectShelf {
  /**
   * What is in it; slow, not for the UI thread.
   *
   * @throws ReplayException when it cannot be had, with what to do
   */
  ObjectInspection inspect(DatapathSpec datapath, DatapathConfig config) throws ReplayException;
}
