// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tailwalk.bpf.decode.SiteTable;
import org.tailwalk.bpf.elf.CollectionSpec;
import org.tailwalk.bpf.elf.ProgramSpec;
import org.tailwalk.bpf.host.LoadPlan;
import org.tailwalk.bpf.host.RunRequest;
import org.tailwalk.bpf.host.SkbContext;
import org.tailwalk.bpf.sys.TestRun;
import org.tailwalk.engine.Injection;
import org.tailwalk.event.ContextState;
import org.tailwalk.event.Hook;
import org.tailwalk.packet.Bytes;
import org.tailwalk.scenario.EndpointConfig;
import org.tailwalk.scenario.Fault;

/** From an injection to a test run: what fits, what the wrapper must carry, what cannot be run. */
final class RequestMaker {
  private static final int ETHERNET = 14;
  private static final int IPV4 = 0x0800;
  private static final int IPV6 = 0x86dd;
  private static final int IPV4_MINIMUM = 34;
  private static final int IPV6_MINIMUM = 54;

  private static final SkbContext NOTHING = new SkbContext(0, new int[5], 1, 0, 0, 0, 0);

  /** Ends a stream of requests. */
  static final RunRequest END = probe(-1, "");

  private final Map<Integer, Integer> instances = new HashMap<>();
  private final List<Map<String, String>> entries = new ArrayList<>();
  private final List<Fault> faults;
  private final boolean wrap;

  sealed interface Prepared {}

  /**
   * @param sent the frame as the entry program sees it
   */
  record Ready(RunRequest request, Bytes sent, List<String> notes) implements Prepared {
    boolean wrapped() {
      return request.entry() == RunRequest.Entry.WRAPPED;
    }
  }

  record Refused(String reason, String detail) implements Prepared {}

  RequestMaker(SessionPlan plan) {
    this.faults = plan.setup().faults();
    for (EndpointConfig endpoint : plan.setup().endpoints()) {
      int instance = instances.size();
      instances.put(endpoint.id(), instance);
      entries.add(entries(plan.original(instance)));
    }
    // The wrapper spends one of 33 tail calls, which a program that calls itself would show.
    this.wrap = plan.graph().edges().stream().noneMatch(e -> e.from().equals(e.to()));
  }

  /** The program that packets enter by, for each hook's id; other programs' ids are in it too. */
  static Map<String, String> entries(CollectionSpec spec) {
    Map<String, String> byId = new HashMap<>();
    List<String> unwired = new ArrayList<>();
    for (ProgramSpec program : spec.programs()) {
      byId.put(SiteTable.programId(spec, program), program.name());
      if (program.slots().isEmpty()) {
        unwired.add(program.name());
      }
    }
    // An object with other conventions: what nothing tail-calls must be where packets enter.
    if (unwired.size() == 1) {
      byId.putIfAbsent(Hook.FROM_CONTAINER.programId(), unwired.getFirst());
      byId.putIfAbsent(Hook.TO_CONTAINER.programId(), unwired.getFirst());
    }
    return byId;
  }

  /** A run of a program that needs nothing of a packet. */
  static RunRequest probe(int instance, String program) {
    return new RunRequest(
        new LoadPlan.ProgramId(instance, program),
        RunRequest.Entry.DIRECT,
        new byte[64],
        64,
        0,
        NOTHING,
        0,
        0);
  }

  Prepared prepare(Injection injection) {
    Integer instance = instances.get(injection.endpoint());
    if (instance == null) {
      return new Refused(
          "no-endpoint", "endpoint " + injection.endpoint() + " has no programs in this session");
    }
    String program = entries.get(instance).get(injection.hook().programId());
    if (program == null) {
      boolean any =
          Arrays.stream(Hook.values())
              .anyMatch(h -> entries.get(instance).containsKey(h.programId()));
      return new Refused(
          "no-program",
          "the object has no program for the hook %s%s"
              .formatted(
                  injection.hook().programId(),
                  any ? "" : ", nor for any other: its page (inspect) tells what to name it"));
    }
    List<String> notes = new ArrayList<>();
    Bytes frame = injection.frame();
    int burn = 0;
    for (Fault fault : faults) {
      switch (fault) {
        case Fault.Truncate(long packet, int length) -> {
          if (packet == injection.packet() && length < frame.length()) {
            frame = frame.slice(0, length);
            notes.add("truncated-by-fault");
          }
        }
        case Fault.BurnCalls(int calls) -> burn = calls;
        case Fault.EmptySlot _, Fault.ConntrackFull _, Fault.BufferRefuses _ -> {}
      }
    }
    if (frame.length() < ETHERNET) {
      return new Refused(
          "too-short", "%d bytes are less than an Ethernet header".formatted(frame.length()));
    }
    boolean grown = frame.length() > TestRun.MAX_INPUT;
    if (grown && (!wrap || frame.length() > TestRun.MAX_GROWN)) {
      return new Refused(
          "too-long",
          "%d bytes are more than the %d a test run takes%s"
              .formatted(
                  frame.length(),
                  wrap ? TestRun.MAX_GROWN : TestRun.MAX_INPUT,
                  wrap ? "" : " without a wrapper around the program"));
    }
    int minimum =
        switch (frame.u16(12)) {
          case IPV4 -> IPV4_MINIMUM;
          case IPV6 -> IPV6_MINIMUM;
          default -> ETHERNET;
        };
    byte[] bytes = frame.toArray();
    if (grown) {
      bytes = Arrays.copyOf(bytes, TestRun.MAX_INPUT);
      notes.add("grown-by-wrapper");
    }
    if (bytes.length < minimum) {
      bytes = Arrays.copyOf(bytes, minimum);
      notes.add("trimmed-by-wrapper");
    }
    return new Ready(
        new RunRequest(
            new LoadPlan.ProgramId(instance, program),
            wrap || burn > 0 || bytes.length != frame.length()
                ? RunRequest.Entry.WRAPPED
                : RunRequest.Entry.DIRECT,
            bytes,
            frame.length(),
            burn,
            context(injection),
            injection.timeNanos(),
            (int) injection.random()),
        frame,
        notes);
  }

  private static SkbContext context(Injection injection) {
    ContextState c = injection.context();
    return new SkbContext(
        (int) c.mark(),
        c.cb().stream().mapToInt(Long::intValue).toArray(),
        (int) injection.ifindex(),
        (int) injection.ingressIfindex(),
        (int) c.tcIndex(),
        (int) c.queueMapping(),
        (int) c.packetType());
  }
}
