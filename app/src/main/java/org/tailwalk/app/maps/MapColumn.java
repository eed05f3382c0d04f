// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.maps;

import java.util.List;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapValue;

/**
 * A column of a map's table.
 *
 * @param title as on a node, in C style or one word
 * @param width pixels
 * @param fields of the value that it shows; bold when the packet changed one of them
 * @param text what a cell says
 */
public record MapColumn(String title, double width, List<String> fields, CellText text) {
  /** What a cell says of an entry. */
  @FunctionalInterface
  public interface CellText {
    /**
     * The words.
     *
     * @param nowSeconds of the virtual clock
     */
    String of(MapKey key, MapValue value, long nowSeconds);
  }

  /** Keeps its own copy. */
  public MapColumn {
    fields = List.copyOf(fields);
  }

  /** What the cell of a line says; both lanes' words where they differ. */
  public String text(MapLine line, long nowSeconds) {
    String first = text.of(line.key(), line.either().value(), nowSeconds);
    if (!line.bothLanes() || line.kernel() == null || line.model() == null) {
      return first;
    }
    String second = text.of(line.key(), line.model().value(), nowSeconds);
    return first.equals(second) ? first : first + " ≠ " + second;
  }
}
