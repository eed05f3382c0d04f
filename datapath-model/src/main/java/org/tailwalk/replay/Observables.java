// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tailwalk.event.ContextState;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.MapValue;
import org.tailwalk.event.Notification;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.PathTrace;
import org.tailwalk.event.ProgramRef;
import org.tailwalk.event.Step;

/**
 * What of two events can be observed, and so compared. Left out: source lines of drops and the
 * upper half of cb[4] that carries them, values found by a lookup (their changes are compared), and
 * the context fields that a test run can't show when only one side shows them.
 */
final class Observables {
  private static final List<String> HIDDEN = List.of("tc_index", "queue_mapping", "pkt_type");

  /** Whether a drop's source line may stand in the upper half of cb[4] at the end. */
  private final boolean lineInContext;

  Observables(PathTrace kernel, PathTrace model) {
    this.lineInContext = sendsDrop(kernel) || sendsDrop(model);
  }

  private static boolean sendsDrop(PathTrace trace) {
    for (Step step : trace.steps()) {
      PathEvent event = step.event();
      if (event instanceof PathEvent.TailCallTaken call
              && call.slot() == 1
              && call.map().role() == MapRole.CALLS
          || event instanceof PathEvent.TailCallMissed missed
              && missed.slot() == 1
              && missed.map().role() == MapRole.CALLS) {
        return true;
      }
    }
    return false;
  }

  /** Whether an event may be missing on one side without being a difference. */
  boolean hidden(PathEvent event) {
    return event instanceof PathEvent.ContextChanged change
        && (HIDDEN.contains(change.field()) || lineOnly(change));
  }

  private boolean lineOnly(PathEvent.ContextChanged change) {
    return lineInContext
        && change.field().equals("cb[4]")
        && (change.before() & 0xffff) == (change.after() & 0xffff);
  }

  /** Whether two events tell of the same thing, though perhaps not the same of it. */
  boolean counterparts(PathEvent a, PathEvent b) {
    return switch (a) {
      case PathEvent.Entered x ->
          b instanceof PathEvent.Entered y && x.program().equals(y.program());
      case PathEvent.TailCallTaken x ->
          b instanceof PathEvent.TailCallTaken y && x.map().equals(y.map()) && x.slot() == y.slot();
      case PathEvent.TailCallMissed x ->
          b instanceof PathEvent.TailCallMissed y
              && x.map().equals(y.map())
              && x.slot() == y.slot();
      case PathEvent.Returned x ->
          b instanceof PathEvent.Returned y && x.program().equals(y.program());
      case PathEvent.MapEvent x ->
          b instanceof PathEvent.MapEvent y
              && x.getClass() == y.getClass()
              && x.map().equals(y.map())
              && x.key().equals(y.key());
      case PathEvent.Notified x ->
          b instanceof PathEvent.Notified y
              && x.notification().getClass() == y.notification().getClass();
      case PathEvent.RedirectCalled _ -> b instanceof PathEvent.RedirectCalled;
      case PathEvent.Rewritten x ->
          b instanceof PathEvent.Rewritten y
              && x.offset() == y.offset()
              && x.field().equals(y.field());
      case PathEvent.ContextChanged x ->
          b instanceof PathEvent.ContextChanged y && x.field().equals(y.field());
      case PathEvent.VerdictReached _ -> b instanceof PathEvent.VerdictReached;
    };
  }

  /** Whether what can be observed of two events is equal. */
  boolean same(PathEvent a, PathEvent b) {
    // Most steps are lookups: the same answer as below, without asking for every other kind first.
    if (a instanceof PathEvent.LookedUp x && b instanceof PathEvent.LookedUp y) {
      return x.hit() == y.hit()
          && x.map().equals(y.map())
          && x.program().equals(y.program())
          && x.key().equals(y.key());
    }
    if (a.getClass() != b.getClass() || !counterparts(a, b)) {
      return false;
    }
    return switch (a) {
      case PathEvent.Entered x ->
          b instanceof PathEvent.Entered y && sameContext(x.program(), x.context(), y.context());
      case PathEvent.TailCallTaken x ->
          b instanceof PathEvent.TailCallTaken y && x.program().equals(y.program());
      case PathEvent.TailCallMissed x ->
          b instanceof PathEvent.TailCallMissed y && x.program().equals(y.program());
      case PathEvent.Returned x -> b instanceof PathEvent.Returned y && x.code() == y.code();
      case PathEvent.LookedUp x ->
          b instanceof PathEvent.LookedUp y
              && x.program().equals(y.program())
              && x.hit() == y.hit();
      case PathEvent.Updated x ->
          b instanceof PathEvent.Updated y
              && x.program().equals(y.program())
              && (x.errno() == 0) == (y.errno() == 0);
      case PathEvent.Deleted x ->
          b instanceof PathEvent.Deleted y
              && x.program().equals(y.program())
              && (x.errno() == 0) == (y.errno() == 0);
      case PathEvent.Changed x ->
          b instanceof PathEvent.Changed y
              && x.program().equals(y.program())
              && Objects.equals(net(x.before(), x.after()), net(y.before(), y.after()));
      case PathEvent.Notified x ->
          b instanceof PathEvent.Notified y
              && x.program().equals(y.program())
              && withoutLine(x.notification()).equals(withoutLine(y.notification()));
      case PathEvent.RedirectCalled x -> x.equals(b);
      case PathEvent.Rewritten x -> x.equals(b);
      case PathEvent.ContextChanged x ->
          b instanceof PathEvent.ContextChanged y
              && (lineInContext && x.field().equals("cb[4]")
                  ? (x.after() & 0xffff) == (y.after() & 0xffff)
                  : x.after() == y.after());
      case PathEvent.VerdictReached x -> x.equals(b);
    };
  }

  /** Contexts are compared where both were recorded; cb[4] of the drop program holds a line. */
  private static boolean sameContext(
      ProgramRef program, @Nullable ContextState a, @Nullable ContextState b) {
    if (a == null || b == null) {
      return true;
    }
    long mask = program.id().equals("2/1") ? 0xffff : 0xffffffffL;
    return a.mark() == b.mark()
        && a.cb().subList(0, 4).equals(b.cb().subList(0, 4))
        && (a.cb().get(4) & mask) == (b.cb().get(4) & mask);
  }

  static Notification withoutLine(Notification notification) {
    return notification instanceof Notification.Drop d
        ? new Notification.Drop(
            d.source(),
            d.reason(),
            d.originalLength(),
            d.srcLabel(),
            d.dstLabel(),
            d.dstId(),
            0,
            d.file(),
            d.extError(),
            d.ifindex(),
            d.captured())
        : notification;
  }

  /**
   * What became of an entry: the fields afterwards, and by how much its counters grew, so that
   * lanes that once counted differently are not told to differ for ever after.
   */
  static @Nullable MapValue net(@Nullable MapValue before, @Nullable MapValue after) {
    return switch (after) {
      case MapValue.CtEntry a -> {
        MapValue.CtEntry b =
            before instanceof MapValue.CtEntry old
                ? old
                : new MapValue.CtEntry(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        yield new MapValue.CtEntry(
            a.rxPackets() - b.rxPackets(),
            a.rxBytes() - b.rxBytes(),
            a.txPackets() - b.txPackets(),
            a.txBytes() - b.txBytes(),
            a.lifetime(),
            a.bits(),
            a.revNatIndex(),
            a.ifindex(),
            a.txFlagsSeen(),
            a.rxFlagsSeen(),
            a.srcSecId(),
            a.lastTxReport(),
            a.lastRxReport());
      }
      case MapValue.PolicyEntry a -> {
        MapValue.PolicyEntry b =
            before instanceof MapValue.PolicyEntry old
                ? old
                : new MapValue.PolicyEntry(0, false, 0, 0);
        yield new MapValue.PolicyEntry(
            a.proxyPort(), a.deny(), a.packets() - b.packets(), a.bytes() - b.bytes());
      }
      case MapValue.MetricsEntry a -> {
        MapValue.MetricsEntry b =
            before instanceof MapValue.MetricsEntry old ? old : new MapValue.MetricsEntry(0, 0);
        yield new MapValue.MetricsEntry(a.count() - b.count(), a.bytes() - b.bytes());
      }
      case null -> null;
      default -> after;
    };
  }
}
