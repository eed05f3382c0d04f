// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.action;

import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.RadioButton;

/** Who needs the space bar for itself, which otherwise plays wherever the keyboard is. */
public final class SpaceBar {
  private static final Object KEPT = new Object();

  private SpaceBar() {}

  /** Leaves the space bar to this node while it has the keyboard. */
  public static void keep(Node node) {
    node.getProperties().put(KEPT, true);
  }

  /** Whether the node that has the keyboard needs it: what is switched on and off, too. */
  public static boolean keptBy(Node node) {
    return node instanceof CheckBox
        || node instanceof RadioButton
        || node.hasProperties() && node.getProperties().containsKey(KEPT);
  }
}
