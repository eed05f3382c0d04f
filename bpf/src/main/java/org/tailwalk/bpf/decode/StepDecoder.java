// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.decode;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tailwalk.bpf.instrument.ContextField;
import org.tailwalk.bpf.instrument.TraceSite;
import org.tailwalk.event.ContextState;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.MapValue;
import org.tailwalk.event.Notification;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.ProgramRef;
import org.tailwalk.event.TraceBuilder;
import org.tailwalk.packet.Bytes;

/**
 * Turns one run's records into steps, in order. What is told in two records (a lookup and whether
 * it hit, an update and its result, a tail call and the program it reached) becomes one step.
 */
final class StepDecoder {
  private static final int UPDATE = 2;
  private static final int DELETE = 3;
  private static final int PERF_EVENT_OUTPUT = 25;

  private static final Map<Integer, String> REDIRECTS =
      Map.of(
          13, "clone_redirect",
          23, "redirect",
          51, "redirect_map",
          152, "redirect_neigh",
          155, "redirect_peer");

  private final SiteTable sites;
  private final TraceBuilder builder;
  private final NotificationReader reader;
  private final Iterator<byte[]> events;
  private int tailCalls;
  private boolean begun;

  // The first half of something whose second half decides what it was.
  private @Nullable LogRecord tailCall;
  private @Nullable LogRecord access;

  StepDecoder(
      SiteTable sites, NotificationReader reader, TraceBuilder builder, List<byte[]> events) {
    this.sites = sites;
    this.reader = reader;
    this.builder = builder;
    this.events = events.iterator();
  }

  /** Whether any record was read. */
  boolean begun() {
    return begun;
  }

  /** Tail calls that succeeded. */
  int tailCalls() {
    return tailCalls;
  }

  void record(LogRecord record) {
    if (!begun && !(record.site().site().event() instanceof TraceSite.Entered)) {
      // The entry program is traced with too little detail to say that it began.
      builder.add(new PathEvent.Entered(program(record), null));
    }
    begun = true;
    switch (record.site().site().event()) {
      case TraceSite.Entered(var fields) -> entered(record, fields);
      case TraceSite.TailCall _ -> tailCall = record;
      case TraceSite.TailCallMissed _ -> tailCallMissed(record);
      case TraceSite.Lookup _, TraceSite.Update _, TraceSite.Delete _ -> access = record;
      case TraceSite.LookupHit(var map, var value) -> lookedUp(true, value(record, map, value));
      case TraceSite.LookupMissed _ -> lookedUp(false, null);
      case TraceSite.Returned(int helper, var map, var result) ->
          returned(record, helper, map, (int) record.longOf(result));
      case TraceSite.Redirect redirect -> redirect(record, redirect);
      case TraceSite.Exited(var code) ->
          add(record, new PathEvent.Returned(program(record), record.intOf(code)));
    }
  }

  private static ProgramRef program(LogRecord record) {
    return record.site().program();
  }

  private void add(LogRecord record, PathEvent event) {
    builder.add(event, record.site().source());
  }

  private void entered(LogRecord record, List<TraceSite.RecordedContext> fields) {
    LogRecord call = tailCall;
    if (call != null && call.site().site().event() instanceof TraceSite.TailCall(var map, var at)) {
      long slot = call.intOf(at) & 0xffffffffL;
      tailCalls++;
      add(call, new PathEvent.TailCallTaken(program(call), sites.ref(call, map), slot));
    }
    tailCall = null;
    add(record, new PathEvent.Entered(program(record), context(record, fields)));
  }

  private static @Nullable ContextState context(
      LogRecord record, List<TraceSite.RecordedContext> fields) {
    if (fields.isEmpty()) {
      return null;
    }
    long[] values = new long[ContextField.values().length];
    for (TraceSite.RecordedContext field : fields) {
      values[field.name().ordinal()] = record.intOf(field.field()) & 0xffffffffL;
    }
    return new ContextState(
        values[ContextField.MARK.ordinal()],
        List.of(
            values[ContextField.CB0.ordinal()],
            values[ContextField.CB1.ordinal()],
            values[ContextField.CB2.ordinal()],
            values[ContextField.CB3.ordinal()],
            values[ContextField.CB4.ordinal()]),
        values[ContextField.TC_INDEX.ordinal()],
        values[ContextField.QUEUE_MAPPING.ordinal()],
        0);
  }

  private void tailCallMissed(LogRecord record) {
    LogRecord call = tailCall;
    tailCall = null;
    if (call != null && call.site().site().event() instanceof TraceSite.TailCall(var map, var at)) {
      long slot = call.intOf(at) & 0xffffffffL;
      add(call, new PathEvent.TailCallMissed(program(call), sites.ref(call, map), slot));
    }
  }

  private void lookedUp(boolean hit, @Nullable MapValue value) {
    LogRecord first = access;
    access = null;
    if (first != null
        && first.site().site().event() instanceof TraceSite.Lookup(var map, var key)) {
      add(
          first,
          new PathEvent.LookedUp(
              program(first), sites.ref(first, map), key(first, map, key), hit, value));
    }
  }

  /** Where a compiler made one call of an event's and a signal's, only the size tells. */
  private boolean isSignal(LogRecord record, TraceSite.MapRef ring, byte[] raw) {
    MapRole role = sites.ref(record, ring).role();
    return role == MapRole.SIGNALS
        || role == MapRole.OTHER && raw.length <= NotificationReader.MOST_OF_A_SIGNAL;
  }

  private void returned(LogRecord record, int helper, TraceSite.MapRef ring, int result) {
    switch (helper) {
      case PERF_EVENT_OUTPUT -> {
        if (result == 0 && events.hasNext()) {
          byte[] raw = events.next();
          Notification told = isSignal(record, ring, raw) ? reader.signal(raw) : reader.event(raw);
          add(record, new PathEvent.Notified(program(record), told));
        }
      }
      case UPDATE -> {
        if (access != null && access.site().site().event() instanceof TraceSite.Update u) {
          add(
              access,
              new PathEvent.Updated(
                  program(access),
                  sites.ref(access, u.map()),
                  key(access, u.map(), u.key()),
                  value(access, u.map(), u.value()),
                  result));
          access = null;
        }
      }
      case DELETE -> {
        if (access != null
            && access.site().site().event() instanceof TraceSite.Delete(var map, var key)) {
          add(
              access,
              new PathEvent.Deleted(
                  program(access), sites.ref(access, map), key(access, map, key), result));
          access = null;
        }
      }
      default -> {}
    }
  }

  private void redirect(LogRecord record, TraceSite.Redirect redirect) {
    long ifindex = 0;
    long flags = 0;
    for (TraceSite.Argument argument : redirect.arguments()) {
      switch (argument.name()) {
        case "ifindex", "key" -> ifindex = record.intOf(argument.field()) & 0xffffffffL;
        case "flags" -> flags = record.longOf(argument.field());
        default -> {}
      }
    }
    add(
        record,
        new PathEvent.RedirectCalled(
            program(record),
            REDIRECTS.getOrDefault(redirect.helper(), "helper " + redirect.helper()),
            ifindex,
            flags));
  }

  private MapKey key(LogRecord record, TraceSite.MapRef map, TraceSite.Bytewise bytes) {
    byte[] key = record.whole(bytes);
    return key == null ? new MapKey.RawKey(Bytes.empty()) : key(sites.ref(record, map), key);
  }

  /** A key by its map's role; bytes where they don't fit the role's layout. */
  static MapKey key(MapRef map, byte[] bytes) {
    Bytes raw = Bytes.copyOf(bytes);
    try {
      return map.role().key(raw);
    } catch (IllegalArgumentException e) {
      return new MapKey.RawKey(raw);
    }
  }

  private @Nullable MapValue value(
      LogRecord record, TraceSite.MapRef map, TraceSite.Bytewise bytes) {
    byte[] value = record.whole(bytes);
    return value == null ? null : value(sites.ref(record, map), Bytes.copyOf(value));
  }

  /** A value by its map's role; bytes where they don't fit the role's layout. */
  static MapValue value(MapRef map, Bytes raw) {
    try {
      return map.role().value(raw);
    } catch (IllegalArgumentException e) {
      return new MapValue.RawValue(raw);
    }
  }

  /** Adds events that no record placed, and says so. */
  void unplaced(ProgramRef program) {
    boolean any = false;
    while (events.hasNext()) {
      builder.add(new PathEvent.Notified(program, reader.event(events.next())));
      any = true;
    }
    if (any) {
      builder.note("notifications-not-placed");
    }
  }
}
