// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.source;

import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.text.Texts;
import org.tailwalk.event.ContextState;
import org.tailwalk.event.DropReason;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.MapValue;
import org.tailwalk.event.PathEvent;
import org.tailwalk.replay.EventText;
import org.tailwalk.replay.ProgramNames;

/** What the trace point of an event tells of registers, and a remark for the source line. */
final class Registers {
  private static final Texts TEXTS = Texts.of(Registers.class);
  private static final int ERROR_BITS = 0xff;

  /**
   * In words.
   *
   * @param remark for the source line
   * @param registers for the instruction, in its notation
   */
  record Words(String remark, String registers) {}

  private Registers() {}

  static Words of(PathEvent event, boolean unheard) {
    return switch (event) {
      case PathEvent.Entered e -> new Words("", "r1 = ctx" + context(e.context()));
      case PathEvent.TailCallTaken e ->
          new Words(
              "→ " + target(e.map(), e.slot()), "r2 = %s, r3 = %d".formatted(e.map(), e.slot()));
      case PathEvent.TailCallMissed e ->
          new Words(
              TEXTS.get("remark.missed", target(e.map(), e.slot())),
              "r2 = %s, r3 = %d; r0 < 0".formatted(e.map(), e.slot()));
      case PathEvent.Returned e -> new Words(returned(e.code(), unheard), hex(e.code()));
      case PathEvent.LookedUp e ->
          new Words(
              TEXTS.get(e.hit() ? "remark.hit" : "remark.miss"),
              "*r2 = %s; %s"
                  .formatted(
                      EventText.key(e.key()), e.hit() ? "*r0 = " + value(e.value()) : "r0 = 0"));
      case PathEvent.Updated e ->
          new Words(
              e.errno() == 0 ? TEXTS.get("remark.written") : TEXTS.get("remark.error", e.errno()),
              "*r2 = %s, *r3 = %s; r0 = %d"
                  .formatted(EventText.key(e.key()), value(e.value()), e.errno()));
      case PathEvent.Deleted e ->
          new Words(
              e.errno() == 0 ? TEXTS.get("remark.deleted") : TEXTS.get("remark.error", e.errno()),
              "*r2 = %s; r0 = %d".formatted(EventText.key(e.key()), e.errno()));
      case PathEvent.Notified e ->
          new Words(
              TEXTS.get("remark.sent"),
              "r5 = %d; r0 = 0".formatted(e.notification().toBytes().length()));
      case PathEvent.RedirectCalled e ->
          new Words(
              TEXTS.get("remark.redirect", e.ifindex()),
              "r1 = %d, r2 = %d".formatted(e.ifindex(), e.flags()));
      case PathEvent.Changed _,
          PathEvent.Rewritten _,
          PathEvent.ContextChanged _,
          PathEvent.VerdictReached _ ->
          new Words("", "");
    };
  }

  private static String target(MapRef map, long slot) {
    return map.role() == MapRole.CALLS ? ProgramNames.call(slot) : map + "[" + slot + "]";
  }

  private static String returned(int code, boolean unheard) {
    if (code >= 0) {
      return TEXTS.get("remark.returns", code);
    }
    String reason = DropReason.describe(-code & ERROR_BITS, 0);
    return TEXTS.get(unheard ? "remark.unheard" : "remark.raw", String.valueOf(code), reason);
  }

  private static String hex(int code) {
    return code < 0 ? "r0 = %d (0x%08x)".formatted(code, code) : "r0 = " + code;
  }

  private static String context(@Nullable ContextState context) {
    if (context == null) {
      return "";
    }
    String words =
        context.cb().stream().map(w -> "0x%x".formatted(w)).collect(Collectors.joining(", "));
    return "; mark = 0x%x, cb = [%s]".formatted(context.mark(), words);
  }

  private static String value(@Nullable MapValue value) {
    return value == null
        ? "?"
        : value.fields().stream()
            .map(f -> f.name() + " " + f.text())
            .collect(Collectors.joining(", ", "{", "}"));
  }
}
