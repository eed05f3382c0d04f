// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import java.util.List;
import org.tailwalk.app.session.Annotations;
import org.tailwalk.app.session.Breakpoint;

/** Breakpoints in a window. */
final class Breaks {
  private Breaks() {}

  /** These, and nothing else that is said of the capture. */
  static void set(WindowHarness window, Breakpoint... points) {
    Annotations said = Annotations.NONE.withBreakpoints(List.of(points));
    window.ui(() -> window.model().annotations().set(said));
  }
}
