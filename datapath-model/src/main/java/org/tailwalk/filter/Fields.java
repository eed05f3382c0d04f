// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.filter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** All fields of the filter language. */
public final class Fields {
  private static final Map<String, Field> ALL = new LinkedHashMap<>();
  private static final Map<String, String> ALIASES = new HashMap<>();
  private static final Set<String> SPACES = new TreeSet<>();

  static {
    PacketFields.addTo(Fields::add);
    FrameFields.addTo(Fields::add);
    PathFields.addTo(Fields::add);
    ALIASES.put("tcp.flags.rst", "tcp.flags.reset");
    ALIASES.put("tcp.flags.psh", "tcp.flags.push");
    ALIASES.put("tcp.flags.cwr", "tcp.flags.cwr");
    ALIASES.put("tcp.flags.ece", "tcp.flags.ece");
    ALIASES.put("ct", "ct.result");
    ALIASES.put("drop.code", "drop.reason");
    ALIASES.put("tcp.window_size", "tcp.window_size_value");
    ALIASES.put("frame.time", "frame.time_epoch");
    ALIASES.keySet().removeIf(ALL::containsKey);
  }

  private Fields() {}

  private static void add(Field field) {
    if (ALL.put(field.name(), field) != null) {
      throw new IllegalStateException("two fields are called " + field.name());
    }
    int dot = field.name().indexOf('.');
    SPACES.add(dot < 0 ? field.name() : field.name().substring(0, dot));
  }

  /** All of them, in the order in which help and completion list them. */
  public static List<Field> all() {
    return List.copyOf(ALL.values());
  }

  /** The field of a name, in any case; null when there is none. */
  public static @Nullable Field find(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    Field field = ALL.get(lower);
    if (field != null) {
      return field;
    }
    String other = ALIASES.get(lower);
    return other == null ? null : ALL.get(other);
  }

  /** Whether a name looks like a field's: its first part is that of one. */
  static boolean looksLikeOne(String name) {
    int dot = name.indexOf('.');
    return dot > 0
        && dot < name.length() - 1
        && SPACES.contains(name.substring(0, dot).toLowerCase(Locale.ROOT))
        && name.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '.' || c == '_');
  }

  /** The name that is most like this one; empty when none is like it. */
  static String nearest(String name) {
    List<String> names = new ArrayList<>(ALL.keySet());
    names.addAll(ALIASES.keySet());
    return Nearest.of(name, names);
  }
}
