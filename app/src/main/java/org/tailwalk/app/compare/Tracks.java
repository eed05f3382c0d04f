// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.compare;

import java.util.List;
import java.util.TreeSet;
import org.tailwalk.app.compare.core.ComparedPair;
import org.tailwalk.compare.PathBox;

/**
 * The moments of a pair that one steps through: wherever either packet enters a program or ends.
 *
 * @param rows 1-based rows of the aligned steps, ascending
 */
record Tracks(List<Integer> rows) {
  static final Tracks NONE = new Tracks(List.of());

  static Tracks of(ComparedPair.Scene scene) {
    TreeSet<Integer> rows = new TreeSet<>();
    scene.result().a().forEach(b -> rows.add(b.firstRow()));
    scene.result().b().forEach(b -> rows.add(b.firstRow()));
    rows.remove(0);
    return new Tracks(List.copyOf(rows));
  }

  int size() {
    return rows.size();
  }

  /** The moment at or before a row; 0 when all lie behind it. */
  int at(int row) {
    int found = 0;
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i) <= row) {
        found = i;
      }
    }
    return found;
  }

  /** Which box of a path is on at a moment; -1 for none. */
  int box(List<PathBox> path, int moment) {
    int row = moment < rows.size() ? rows.get(moment) : 0;
    int found = -1;
    for (int i = 0; i < path.size(); i++) {
      int first = path.get(i).firstRow();
      if (first > 0 && first <= row) {
        found = i;
      }
    }
    return found;
  }
}
