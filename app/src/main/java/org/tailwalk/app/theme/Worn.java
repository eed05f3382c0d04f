// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.theme;

import java.util.ArrayList;
import java.util.List;
import javafx.css.Styleable;

/**
 * The style classes of a node that come and go with what it shows. They are changed only where they
 * differ: taking one away and putting it on again makes JavaFX look all its styles up anew, and a
 * list does that for every cell as it scrolls. UI thread.
 */
public final class Worn {
  private final Styleable node;
  private List<String> now = List.of();

  /** Of a node that wears none of them yet. */
  public Worn(Styleable node) {
    this.node = node;
  }

  /** Wears these and no others; empty ones count for none. Whether they were others until now. */
  public boolean wear(String... classes) {
    List<String> wanted = new ArrayList<>(classes.length);
    for (String name : classes) {
      if (!name.isEmpty()) {
        wanted.add(name);
      }
    }
    if (!wanted.equals(now)) {
      node.getStyleClass().removeAll(now);
      node.getStyleClass().addAll(wanted);
      now = wanted;
      return true;
    }
    return false;
  }
}
