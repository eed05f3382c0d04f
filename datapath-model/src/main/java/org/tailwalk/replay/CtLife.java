// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailwalk.event.Field;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapValue;

/**
 * One conntrack entry over a capture.
 *
 * @param map where it stands
 * @param tuple its key
 * @param versions what happened to it, oldest first; a collected entry may come again
 */
public record CtLife(MapRef map, MapKey.CtTuple tuple, List<Version> versions) {
  private static final long SECOND = 1_000_000_000L;

  /** What happened. */
  public enum Kind {
    CREATED,
    CHANGED,
    COLLECTED,
    /** Deleted by a program. */
    DELETED
  }

  /**
   * The entry after something happened to it.
   *
   * @param packet which packet did it; for a sweep, the one that came next
   * @param step the row of that packet that shows it, 0 for a sweep
   * @param timeNanos virtual time
   * @param before null when there was none
   * @param after null when it is gone
   */
  public record Version(
      long packet,
      int step,
      long timeNanos,
      Kind kind,
      MapValue.@Nullable CtEntry before,
      MapValue.@Nullable CtEntry after) {}

  /**
   * A field that a packet set.
   *
   * @param before as text; empty when the entry is new
   */
  public record FieldChange(
      long packet, int step, long timeNanos, String field, String before, String after) {}

  /** Keeps its own copy. */
  public CtLife {
    versions = List.copyOf(versions);
  }

  /** The last version up to a packet, that packet included. */
  public Optional<Version> at(long packet) {
    Version found = null;
    for (Version version : versions) {
      if (version.packet() > packet) {
        break;
      }
      found = version;
    }
    return Optional.ofNullable(found);
  }

  /**
   * The state after a packet.
   *
   * @param nowNanos the virtual time to judge expiry at
   */
  public CtState state(long packet, long nowNanos) {
    return at(packet)
        .map(version -> {
          if (version.after() != null) {
            return CtState.of(tuple, version.after(), nowNanos / SECOND);
          }
          return version.kind() == Kind.COLLECTED
              ? new CtState(CtState.Phase.COLLECTED, false)
              : CtState.NONE;
        })
        .orElse(CtState.NONE);
  }

  /**
   * Seconds until the entry's lifetime lies behind, negative once it does; empty without an entry.
   */
  public Optional<Long> secondsLeft(long packet, long nowNanos) {
    return at(packet).map(Version::after).map(entry -> entry.lifetime() - nowNanos / SECOND);
  }

  /** Every change of one field, oldest first: which packet set it, and from what. */
  public List<FieldChange> history(String field) {
    List<FieldChange> changes = new ArrayList<>();
    for (Version version : versions) {
      for (FieldChange change : changes(version)) {
        if (change.field().equals(field)) {
          changes.add(change);
        }
      }
    }
    return List.copyOf(changes);
  }

  /** The fields that a version changed; all of them when the entry is new. */
  public static List<FieldChange> changes(Version version) {
    MapValue.CtEntry after = version.after();
    if (after == null) {
      return List.of();
    }
    MapValue.CtEntry before = version.before();
    List<Field> old = before == null ? List.of() : before.fields();
    List<FieldChange> changes = new ArrayList<>();
    for (Field field : after.fields()) {
      String was =
          old.stream()
              .filter(f -> f.name().equals(field.name()))
              .findFirst()
              .map(Field::text)
              .orElse("");
      if (!was.equals(field.text())) {
        changes.add(
            new FieldChange(
                version.packet(),
                version.step(),
                version.timeNanos(),
                field.name(),
                was,
                field.text()));
      }
    }
    return List.copyOf(changes);
  }
}
