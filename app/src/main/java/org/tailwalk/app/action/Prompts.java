// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.action;

import javafx.scene.layout.Region;

/** Where features ask a question over the window: one at a time, Esc puts it away. */
public interface Prompts {
  /** Shows a question; its first field or button gets the keyboard. */
  void ask(Region question);

  /** Puts it away. */
  void dismiss();
}
