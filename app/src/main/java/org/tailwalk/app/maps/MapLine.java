// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.maps;

import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapValue;
import org.tailwalk.replay.history.MapHistory;

/**
 * An entry in the table.
 *
 * @param kernel null where the kernel lane has none, or there is no such lane
 * @param model null where the model has none, or there is no such lane
 * @param touch what the packet shown has done with it so far
 * @param changed the fields that the packet has changed so far
 * @param bothLanes whether there are two lanes to compare
 */
public record MapLine(
    MapKey key,
    MapHistory.@Nullable Standing kernel,
    MapHistory.@Nullable Standing model,
    Touch touch,
    Set<String> changed,
    boolean bothLanes) {
  /** What a packet did with an entry. */
  public enum Touch {
    NONE,
    FOUND,
    WRITTEN
  }

  /** Keeps its own copy. */
  public MapLine {
    changed = Set.copyOf(changed);
    if (kernel == null && model == null) {
      throw new IllegalArgumentException("an entry stands in a lane");
    }
  }

  /** The kernel's, or the model's where the kernel has none. */
  public MapHistory.Standing either() {
    return Objects.requireNonNull(kernel != null ? kernel : model);
  }

  /** Whether the lanes hold other values, or one of them none. */
  public boolean differs() {
    return bothLanes && !Objects.equals(value(kernel), value(model));
  }

  private static @Nullable MapValue value(MapHistory.@Nullable Standing standing) {
    return standing == null ? null : standing.value();
  }
}
