// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.vector;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailwalk.engine.Injection;
import org.tailwalk.event.ContextState;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.MapValue;
import org.tailwalk.event.Notification;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.PathTrace;
import org.tailwalk.packet.Bytes;

/** The outcome of a trace. */
final class TraceOutcome {
  private static final int DROP_NOTIFY_SLOT = 1;
  private static final long LINE_IN_CB4 = 0xffff0000L;

  private final Outcome.Builder rows = new Outcome.Builder();
  private final List<String> path = new ArrayList<>();
  private final List<String> misses = new ArrayList<>();
  private final List<String> signals = new ArrayList<>();
  private int events;
  private boolean dropSent;
  private PathEvent.@Nullable RedirectCalled redirect;

  private TraceOutcome() {}

  static Outcome of(Injection injection, PathTrace trace) {
    return new TraceOutcome().read(injection, trace);
  }

  private Outcome read(Injection injection, PathTrace trace) {
    trace.events().forEach(this::add);
    Rows.list(rows, "path", path);
    Rows.list(rows, "tail miss", misses);
    Rows.list(rows, "signal", signals);
    rows.row("ret", trace.returnCode());
    if (redirect != null && trace.returnCode() == 7) {
      rows.row("redirect", "ifindex " + redirect.ifindex() + ", flags " + redirect.flags());
    }
    frame(rows, injection.frame(), trace.frame());
    ContextState context = trace.context();
    List<Long> cb = new ArrayList<>(context.cb());
    if (dropSent) {
      cb.set(4, cb.get(4) & ~LINE_IN_CB4);
    }
    context(
        rows, context.mark(), cb, context.tcIndex(), context.queueMapping(), context.packetType());
    return rows.build();
  }

  static void frame(Outcome.Builder rows, Bytes before, Bytes after) {
    rows.row("frame", after.equals(before) ? "unchanged" : after.hex());
  }

  static void context(
      Outcome.Builder rows,
      long mark,
      List<Long> cb,
      long tcIndex,
      long queueMapping,
      long packetType) {
    rows.row("mark", "0x%08x".formatted(mark));
    for (int i = 0; i < cb.size(); i++) {
      rows.row("cb[" + i + "]", "0x%08x".formatted(cb.get(i)));
    }
    rows.row("tc_index", tcIndex);
    rows.row("queue_mapping", queueMapping);
    rows.row("pkt_type", packetType);
  }

  private void add(PathEvent event) {
    switch (event) {
      case PathEvent.Entered e -> path.add(e.program().toString());
      case PathEvent.TailCallTaken e -> dropSent |= isDropCall(e.map().role(), e.slot());
      case PathEvent.TailCallMissed e -> {
        dropSent |= isDropCall(e.map().role(), e.slot());
        String map = Rows.CALL_MAPS.getOrDefault(e.map().role(), e.map().toString());
        misses.add(e.program() + " " + map + "[" + e.slot() + "]");
      }
      case PathEvent.Notified e -> {
        if (e.notification() instanceof Notification.Signal signal) {
          signals.add(signal.toBytes().hex());
        } else {
          rows.row("event[" + events++ + "]", Rows.event(e.notification().toBytes()));
        }
      }
      case PathEvent.RedirectCalled e -> redirect = e;
      case PathEvent.Changed e -> changed(e);
      case PathEvent.Returned _,
          PathEvent.LookedUp _,
          PathEvent.Updated _,
          PathEvent.Deleted _,
          PathEvent.Rewritten _,
          PathEvent.ContextChanged _,
          PathEvent.VerdictReached _ -> {}
    }
  }

  private static boolean isDropCall(MapRole role, long slot) {
    return role == MapRole.CALLS && slot == DROP_NOTIFY_SLOT;
  }

  private void changed(PathEvent.Changed e) {
    MapRole role = e.map().role();
    if (Rows.STATE_MAPS.containsKey(role)) {
      rows.row(Rows.stateRow(role, e.key()), Rows.change(e.key(), e.before(), e.after()));
    } else if (role == MapRole.METRICS && e.key() instanceof MapKey.MetricsKey key) {
      MapValue.MetricsEntry before = metrics(e.before());
      MapValue.MetricsEntry after = metrics(e.after());
      rows.row(
          Rows.metricRow(key.reason(), key.direction().label()),
          Rows.counts(after.count() - before.count(), after.bytes() - before.bytes()));
    } else if (role == MapRole.POLICY
        && e.key() instanceof MapKey.PolicyKey key
        && e.before() instanceof MapValue.PolicyEntry before
        && e.after() instanceof MapValue.PolicyEntry after) {
      rows.row(
          Rows.policyRow(e.map().endpoint(), key),
          Rows.counts(after.packets() - before.packets(), after.bytes() - before.bytes()));
    } else if (role == MapRole.CT_BUFFER4 || role == MapRole.CT_BUFFER6) {
      MapValue after = e.after();
      if (after != null) {
        boolean v6 = role == MapRole.CT_BUFFER6;
        rows.row(Rows.bufferRow(e.map().endpoint(), v6), Rows.buffer(after.toBytes(), v6));
      }
    } else {
      rows.row("change of " + e.map() + " " + e.key(), Rows.change(e.key(), e.before(), e.after()));
    }
  }

  private static MapValue.MetricsEntry metrics(@Nullable MapValue value) {
    return value instanceof MapValue.MetricsEntry m ? m : new MapValue.MetricsEntry(0, 0);
  }
}
