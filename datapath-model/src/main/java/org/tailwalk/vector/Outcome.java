// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.vector;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What became of a packet, as a flat table of named rows: {@code ret}, {@code path[2]}, {@code
 * event[0]}, {@code ct ct_tcp4 …}. A recording and a trace give the same table when the engine does
 * the same.
 */
public final class Outcome {
  /**
   * A row's value.
   *
   * @param exact what is compared
   * @param text what is shown; only made when it is
   */
  record Value(String exact, Supplier<String> text) {
    static Value of(String text) {
      return new Value(text, () -> text);
    }
  }

  /**
   * A row that differs.
   *
   * @param row its name
   * @param recorded empty when the recording has no such row
   * @param here empty when the engine gave no such row
   */
  public record Difference(String row, String recorded, String here) {
    @Override
    public String toString() {
      if (recorded.isEmpty()) {
        return row + ": not recorded, here " + here;
      }
      if (here.isEmpty()) {
        return row + ": recorded " + recorded + ", absent here";
      }
      return row + ": recorded " + recorded + ", here " + here;
    }
  }

  private final Map<String, Value> rows;

  private Outcome(Map<String, Value> rows) {
    this.rows = Collections.unmodifiableMap(rows);
  }

  /** The rows in which two outcomes differ; this one is the recording. */
  public List<Difference> differences(Outcome here) {
    Set<String> names = new LinkedHashSet<>(rows.keySet());
    names.addAll(here.rows.keySet());
    List<Difference> found = new ArrayList<>();
    for (String name : names) {
      Value recorded = rows.get(name);
      Value other = here.rows.get(name);
      if (recorded == null || other == null) {
        found.add(
            new Difference(
                name,
                recorded == null ? "" : recorded.text.get(),
                other == null ? "" : other.text.get()));
      } else if (!recorded.exact.equals(other.exact)) {
        found.add(new Difference(name, recorded.text.get(), other.text.get()));
      }
    }
    found.sort((a, b) -> naturally(a.row, b.row));
    return List.copyOf(found);
  }

  /** The rows' names, for tests. */
  Set<String> rows() {
    return rows.keySet();
  }

  /** Collects rows; a name may be given once. */
  static final class Builder {
    private final Map<String, Value> rows = new HashMap<>();

    Builder row(String name, Object value) {
      return row(name, Value.of(String.valueOf(value)));
    }

    Builder row(String name, Value value) {
      if (rows.put(name, value) != null) {
        throw new IllegalStateException("row " + name + " is given twice");
      }
      return this;
    }

    Outcome build() {
      return new Outcome(rows);
    }
  }

  /** Order for reading: what the program did first, then its traces in maps; numbers by value. */
  private static int naturally(String a, String b) {
    int byKind = Integer.compare(kind(a), kind(b));
    if (byKind != 0) {
      return byKind;
    }
    int byLength = a.indexOf('[') >= 0 ? Integer.compare(a.length(), b.length()) : 0;
    return byLength != 0 ? byLength : a.compareTo(b);
  }

  private static final List<String> KINDS =
      List.of(
          "path",
          "tail miss",
          "ret",
          "redirect",
          "event",
          "signal",
          "frame",
          "mark",
          "cb",
          "tc_index",
          "queue_mapping",
          "pkt_type",
          "ct ",
          "metric",
          "policy",
          "ct_buffer");

  private static int kind(String name) {
    for (int i = 0; i < KINDS.size(); i++) {
      if (name.startsWith(KINDS.get(i))) {
        return i;
      }
    }
    return KINDS.size();
  }
}
