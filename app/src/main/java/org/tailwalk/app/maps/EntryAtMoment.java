// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.maps;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailwalk.event.Field;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapValue;
import org.tailwalk.replay.history.MapHistory;
import org.tailwalk.replay.history.Moment;
import org.tailwalk.replay.history.ReplayHistory;
import org.tailwalk.replay.history.Write;

/**
 * An entry of a map as it is at a moment, and what the history of its lane knows of it. The
 * questions search the history: ask them off the UI thread.
 *
 * @param lane the one that the line's shown value is from
 */
record EntryAtMoment(MapRef map, MapLine line, Moment moment, MapHistory lane) {
  /** How far back the table of fields looks for writers; a question looks all the way. */
  private static final int LOOK_BACK = 20_000;

  /** Writes that are looked through in less time than the UI thread takes to hear of them. */
  private static final int YOUNG = 200;

  /** So many lookups are shown; one more is sought, to say that there are. */
  static final int USES = 8;

  /**
   * What stands below the table of entries.
   *
   * @param uses the next lookups that find the entry, at most one more than {@link #USES}
   */
  record Details(List<FieldLine> fields, List<Moment> uses) {}

  /** Of a line's lane; empty where there is no history of it. */
  static Optional<EntryAtMoment> of(
      ReplayHistory history, MapRef map, MapLine line, Moment moment) {
    return (line.kernel() != null ? history.kernel() : history.model())
        .map(lane -> new EntryAtMoment(map, line, moment, lane));
  }

  /** Whether {@link #details} take long enough that nobody should wait for them. */
  boolean old() {
    return lane.age(map, line.key(), moment) > YOUNG;
  }

  /** The entry's fields with their writers, and who finds it next. */
  Details details(FieldsOf types) {
    return new Details(
        fields(types, lane.fieldWriters(map, line.key(), moment, LOOK_BACK)),
        lane.hits(map, line.key(), moment, USES + 1));
  }

  /** The value's fields, then the key's. */
  private List<FieldLine> fields(FieldsOf types, Map<String, Write> writers) {
    List<FieldLine> all = new ArrayList<>();
    Map<String, String> others = new HashMap<>();
    if (line.differs() && line.kernel() != null && line.model() != null) {
      types.of(map, line.model().value()).forEach(f -> others.put(f.name(), f.text()));
    }
    MapValue value = line.either().value();
    for (Field field : types.of(map, value)) {
      String other = others.getOrDefault(field.name(), field.text());
      Write write = writers.getOrDefault(field.name(), writers.get("bytes"));
      all.add(
          new FieldLine(
              field.name(),
              false,
              field.text(),
              other.equals(field.text()) ? "" : other,
              line.changed().contains(field.name()),
              write == null ? null : write.writer()));
    }
    for (Field field : types.of(map, line.key())) {
      all.add(new FieldLine(field.name(), true, field.text(), "", false, null));
    }
    return all;
  }

  /** Whether one asks for the entry's writer when one asks for that of {@code field}. */
  boolean isWhole(@Nullable FieldLine field) {
    return field == null || field.key() || line.either().value() instanceof MapValue.RawValue;
  }

  /** The last write to a field, or to the whole entry. */
  Optional<Write> lastWrite(@Nullable FieldLine field) {
    return field == null || isWhole(field)
        ? lane.last(map, line.key(), moment)
        : lane.fieldWriter(map, line.key(), field.name(), moment);
  }

  /** The next lookup that finds the entry. */
  Optional<Moment> nextUse() {
    return lane.hits(map, line.key(), moment, 1).stream().findFirst();
  }
}
