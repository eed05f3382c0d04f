// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.breakpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tailwalk.app.session.Breakpoint;
import org.tailwalk.event.DropReason;
import org.tailwalk.event.Notification;
import org.tailwalk.event.PathEvent;
import org.tailwalk.filter.Shape;
import org.tailwalk.filter.Shapes;
import org.tailwalk.replay.EventText;

/** What may be broken on at a step. */
public final class Suggestions {
  private Suggestions() {}

  /**
   * The most particular first.
   *
   * @param nowSeconds virtual time of the packet
   */
  public static List<Breakpoint.On> of(PathEvent event, long nowSeconds) {
    List<Breakpoint.On> found = new ArrayList<>();
    switch (event) {
      case PathEvent.Entered e -> found.add(new Breakpoint.Program(e.program().id()));
      case PathEvent.TailCallTaken e ->
          found.add(new Breakpoint.TailCall(e.slot(), Breakpoint.Outcome.TAKEN));
      case PathEvent.TailCallMissed e -> {
        found.add(new Breakpoint.TailCall(e.slot(), Breakpoint.Outcome.MISSED));
        found.add(new Breakpoint.TailCall(-1, Breakpoint.Outcome.MISSED));
      }
      case PathEvent.LookedUp e -> map(e, Breakpoint.Access.READ, found);
      case PathEvent.Updated e -> map(e, Breakpoint.Access.WRITE, found);
      case PathEvent.Deleted e -> map(e, Breakpoint.Access.DELETE, found);
      case PathEvent.Changed e -> {
        Shape.Transition change = Shapes.transition(e, nowSeconds);
        if (change != null && change.from() != change.to()) {
          found.add(new Breakpoint.Conntrack(word(change.from()), word(change.to()), ""));
        }
        map(e, e.after() == null ? Breakpoint.Access.DELETE : Breakpoint.Access.WRITE, found);
      }
      case PathEvent.Notified e -> {
        if (e.notification() instanceof Notification.Drop drop) {
          found.add(
              new Breakpoint.Drop(
                  DropReason.ofCode(drop.reason())
                      .map(Enum::name)
                      .orElse(Integer.toString(drop.reason()))));
        }
        found.add(new Breakpoint.Notification(Shapes.kind(e.notification())));
      }
      case PathEvent.VerdictReached _ -> found.add(new Breakpoint.Drop(""));
      case PathEvent.Returned e -> found.add(new Breakpoint.Program(e.program().id()));
      case PathEvent.RedirectCalled e -> found.add(new Breakpoint.Program(e.program().id()));
      case PathEvent.Rewritten _, PathEvent.ContextChanged _ -> {}
    }
    return found;
  }

  private static void map(
      PathEvent.MapEvent event, Breakpoint.Access access, List<Breakpoint.On> found) {
    String map = Shapes.mapName(event.map());
    String key = EventText.key(event.key());
    found.add(new Breakpoint.MapEntry(map, key, access));
    found.add(new Breakpoint.MapEntry(map, key, Breakpoint.Access.ANY));
    found.add(new Breakpoint.MapEntry(map, "", access));
  }

  private static String word(Enum<?> of) {
    return of.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
