// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.action;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Something a user can do.
 *
 * @param id stable, lower case with dots: {@code packets.follow-flow}
 * @param chapter of the help it stands in, in the user's language
 * @param title what it does, in the user's language, short
 * @param keys that do it; none when it is only in the palette
 * @param enabled whether it makes sense now; asked on the UI thread
 * @param run does it; on the UI thread
 */
public record Action(
    String id,
    String chapter,
    String title,
    List<Key> keys,
    BooleanSupplier enabled,
    Runnable run) {
  /** Keeps its own copy. */
  public Action {
    keys = List.copyOf(keys);
  }

  /**
   * An action that always makes sense.
   *
   * @param keys as {@link Key#parse} reads them
   */
  public static Action of(String id, String chapter, String title, Runnable run, String... keys) {
    List<Key> parsed = new ArrayList<>();
    for (String key : keys) {
      parsed.add(Key.parse(key));
    }
    return new Action(id, chapter, title, parsed, () -> true, run);
  }

  /** The same, for certain moments only. */
  public Action when(BooleanSupplier condition) {
    return new Action(id, chapter, title, keys, condition, run);
  }
}
