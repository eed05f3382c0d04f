// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.breakpoint;

import java.util.Locale;
import org.tailwalk.app.packets.PacketRow;
import org.tailwalk.app.session.Breakpoint;
import org.tailwalk.app.text.Texts;

/** Breakpoints in words. */
final class Words {
  private final Texts texts = Texts.of(Words.class);

  /** What it stops at. */
  String of(Breakpoint.On on) {
    return switch (on) {
      case Breakpoint.Program p -> texts.get("on.program", any(p.program()));
      case Breakpoint.TailCall t ->
          texts.get(
              "on.tailcall." + t.outcome().name().toLowerCase(Locale.ROOT),
              t.slot() < 0 ? texts.get("any") : Long.toString(t.slot()));
      case Breakpoint.MapEntry m ->
          texts.get(
              "on.map." + m.access().name().toLowerCase(Locale.ROOT),
              any(m.map()),
              m.key().isEmpty() ? "" : " · " + m.key());
      case Breakpoint.Conntrack c ->
          c.status().isEmpty()
              ? texts.get("on.conntrack", any(c.from()), any(c.to()))
              : texts.get("on.status", c.status());
      case Breakpoint.Drop d -> texts.get("on.drop", any(d.reason()));
      case Breakpoint.Divergence d -> texts.get("on.divergence", any(d.code()));
      case Breakpoint.Notification n -> texts.get("on.notification", any(n.type()));
      case Breakpoint.Packet _ -> texts.get("on.packet");
      case Breakpoint.Time t -> texts.get("on.time", PacketRow.timeText(t.sinceFirstNanos()));
    };
  }

  private String any(String text) {
    return text.isEmpty() ? texts.get("any") : text;
  }
}
