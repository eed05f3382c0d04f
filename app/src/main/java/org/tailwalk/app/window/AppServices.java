// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import java.nio.file.Path;
import java.util.List;
import org.tailwalk.app.object.ObjectShelf;
import org.tailwalk.app.session.Lanes;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.scenario.Era;

/**
 * What the window needs of the program around it.
 *
 * @param opener opens captures
 * @param lanes the engines there are
 * @param eras that the bundled datapath and the model come in
 * @param objects reads the objects of datapaths
 * @param user what the user has set and said before
 */
public record AppServices(
    CaptureOpener opener, Lanes lanes, List<Era> eras, ObjectShelf objects, UserData user) {
  /** Keeps its own copy. */
  public AppServices {
    eras = List.copyOf(eras);
  }

  /** Without objects, and without a memory. */
  AppServices(CaptureOpener opener, Lanes lanes, List<Era> eras) {
    this(
        opener,
        lanes,
        eras,
        (datapath, _) -> {
          throw new ReplayException("read object: " + datapath + " can't be had here");
        },
        UserData.none(Path.of(System.getProperty("java.io.tmpdir"))));
  }

  /** Without a memory. */
  public AppServices(CaptureOpener opener, Lanes lanes, List<Era> eras, ObjectShelf objects) {
    this(
        opener, lanes, eras, objects, UserData.none(Path.of(System.getProperty("java.io.tmpdir"))));
  }
}
