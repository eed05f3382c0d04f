// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import java.util.LinkedHashMap;
import java.util.Map;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/** What fills the window between its bars: one of several, such as debugging and comparing. */
public final class Workspaces {
  /** List, stage, transport and panels for one capture. */
  public static final String DEBUG = "debug";

  /** A lesson before a class: no bars around it. */
  public static final String PRESENT = "present";

  private final StackPane pane = new StackPane();
  private final Map<String, Region> all = new LinkedHashMap<>();
  private final ReadOnlyStringWrapper shown = new ReadOnlyStringWrapper("");

  /** Adds one; the first is shown. */
  public void add(String id, Region view) {
    all.put(id, view);
    if (all.size() == 1) {
      show(id);
    }
  }

  /** Shows one; what was shown leaves the scene. */
  public void show(String id) {
    Region view = all.get(id);
    if (view == null) {
      throw new IllegalArgumentException("no such workspace: " + id);
    }
    pane.getChildren().setAll(view);
    shown.set(id);
  }

  /** Which is shown. */
  public ReadOnlyStringProperty shownProperty() {
    return shown.getReadOnlyProperty();
  }

  Region pane() {
    return pane;
  }
}
