// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tailwalk.controlplane.NodeCompiler;
import org.tailwalk.engine.Injection;
import org.tailwalk.event.ContextState;
import org.tailwalk.event.Hook;
import org.tailwalk.packet.Bytes;
import org.tailwalk.packet.Frame;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.packet.Layer;
import org.tailwalk.packet.MacAddress;
import org.tailwalk.packet.PacketView;
import org.tailwalk.packet.Prefix;
import org.tailwalk.scenario.CapturePoint;
import org.tailwalk.scenario.EndpointConfig;
import org.tailwalk.scenario.InjectionRule;
import org.tailwalk.scenario.NodeState;
import org.tailwalk.scenario.Scenario;
import org.tailwalk.text.Message;

/**
 * Decides where each frame of a capture enters the datapath: by the scenario's rules, then by the
 * addresses. Frames must come in capture order. Used by one thread.
 */
public final class InjectionPlanner {
  /** What {@code BPF_PROG_TEST_RUN} takes at least. */
  public static final int SHORTEST = 14;

  /**
   * What a run carries at most: {@code BPF_PROG_TEST_RUN} takes 3,712 bytes, and a socket buffer
   * can be grown to so many behind that.
   */
  public static final int LONGEST = 16_064;

  private static final long WORLD = 2;
  private static final long HOST = 1;

  private final Scenario scenario;
  private final NodeState node;
  private final VirtualClock clock;
  private final FramePreparation frames;
  private final Sightings sightings;
  private final ResumePoint.@Nullable Sightings known;
  private final Map<IpAddress, Long> identities = new HashMap<>();
  private final Map<IpAddress, EndpointConfig> byAddress = new HashMap<>();
  private final Map<MacAddress, EndpointConfig> byMac = new HashMap<>();

  /** A planner before the first frame. */
  public InjectionPlanner(Scenario scenario) {
    this(scenario, new VirtualClock(scenario.settings().clockBaseSeconds()), null);
  }

  /** A planner that goes on behind frames that were planned once before. */
  public InjectionPlanner(Scenario scenario, ResumePoint point) {
    this(scenario, point.clock(), point.sightings());
  }

  private InjectionPlanner(
      Scenario scenario, VirtualClock clock, ResumePoint.@Nullable Sightings known) {
    this.scenario = scenario;
    this.node = scenario.node();
    this.clock = clock;
    this.known = known;
    this.frames = new FramePreparation(scenario);
    this.sightings = new Sightings(scenario.capturePoint());
    for (EndpointConfig endpoint : node.endpoints()) {
      endpoint.address(false).ifPresent(a -> byAddress.putIfAbsent(a, endpoint));
      endpoint.address(true).ifPresent(a -> byAddress.putIfAbsent(a, endpoint));
      if (endpoint.mac().value() != 0) {
        byMac.putIfAbsent(endpoint.mac(), endpoint);
      }
    }
  }

  /** The replay's clock, at the frame planned last. */
  public VirtualClock clock() {
    return clock;
  }

  /**
   * Places the next frame.
   *
   * @param number 1-based in the capture
   */
  public Placement plan(long number, Frame frame) {
    Set<Mark> marks = EnumSet.noneOf(Mark.class);
    if (clock.advance(frame.timeNanos())) {
      marks.add(Mark.BACKWARD_TIME);
    }
    if (frame.originalLength() < SHORTEST || frame.data().length() < SHORTEST) {
      return new Placement.NotRun(
          "too-short", Message.of("unplaced.too-short", frame.data().length(), SHORTEST), marks);
    }
    if (frame.data().length() == frame.originalLength() && frame.originalLength() > LONGEST) {
      return new Placement.NotRun(
          "too-long", Message.of("unplaced.too-long", frame.originalLength(), LONGEST), marks);
    }
    Bytes bytes = frames.prepare(number, frame, marks);
    PacketView view = PacketView.of(bytes);
    Optional<InjectionRule> rule = rule(number, view);
    if (rule.isPresent()) {
      return byRule(number, rule.get(), view, marks);
    }
    return byAddress(number, frame, view, marks);
  }

  private Optional<InjectionRule> rule(long number, PacketView view) {
    for (InjectionRule rule : scenario.settings().rules()) {
      if (number >= rule.firstPacket()
          && number <= rule.lastPacket()
          && holds(rule.source(), source(view))
          && holds(rule.destination(), destination(view))) {
        return Optional.of(rule);
      }
    }
    return Optional.empty();
  }

  private static boolean holds(@Nullable Prefix prefix, @Nullable IpAddress address) {
    return prefix == null || (address != null && prefix.contains(address));
  }

  private static @Nullable IpAddress source(PacketView view) {
    return switch (view.network()) {
      case Layer.Ip ip -> ip.src();
      case Layer.Arp arp -> arp.senderIp();
      case null, default -> null;
    };
  }

  private static @Nullable IpAddress destination(PacketView view) {
    return switch (view.network()) {
      case Layer.Ip ip -> ip.dst();
      case Layer.Arp arp -> arp.targetIp();
      case null, default -> null;
    };
  }

  private Placement byRule(long number, InjectionRule rule, PacketView view, Set<Mark> marks) {
    InjectionRule.Entry entry = rule.entry();
    if (entry == null) {
      return new Placement.NotRun("by-rule", Message.of("unplaced.by-rule"), marks);
    }
    Optional<EndpointConfig> endpoint = node.endpoint(entry.endpoint());
    if (endpoint.isEmpty()) {
      return new Placement.NotRun(
          "no-endpoint", Message.of("unplaced.rule-endpoint", entry.endpoint()), marks);
    }
    Injection usual = injection(number, view, endpoint.get(), entry.hook());
    List<Long> cb = entry.cb() != null ? entry.cb() : usual.context().cb();
    Long given = entry.ifindex();
    Injection injection =
        new Injection(
            number,
            view.bytes(),
            endpoint.get().id(),
            entry.hook(),
            new ContextState(
                entry.mark() != 0 ? entry.mark() : usual.context().mark(), cb, 0, 0, 0),
            given != null ? given : usual.ifindex(),
            usual.ingressIfindex(),
            usual.timeNanos(),
            usual.random());
    return new Placement.Run(injection, preDatapath(view, entry.hook()), marks);
  }

  private Placement byAddress(long number, Frame frame, PacketView view, Set<Mark> marks) {
    EndpointConfig from = sender(view);
    EndpointConfig to = receiver(view);
    if (from == null && to == null) {
      return new Placement.NotRun("no-endpoint", Message.of("unplaced.no-endpoint"), marks);
    }
    boolean podToPod = from != null && to != null;
    Optional<Long> first =
        known != null
            ? known.firstOf(number)
            : sightings.seen(number, frame.timeNanos(), view, podToPod);
    if (first.isPresent()) {
      return new Placement.DuplicateOf(first.get(), marks);
    }
    if (from != null) {
      return new Placement.Run(
          injection(number, view, from, Hook.FROM_CONTAINER),
          preDatapath(view, Hook.FROM_CONTAINER),
          marks);
    }
    if (to == null) {
      throw new IllegalStateException("one end is an endpoint");
    }
    if (to.egressProgram()) {
      return new Placement.Run(
          injection(number, view, to, Hook.TO_CONTAINER),
          preDatapath(view, Hook.TO_CONTAINER),
          marks);
    }
    if (!(view.network() instanceof Layer.Ip)) {
      return new Placement.NotRun("no-program", Message.of("unplaced.no-program"), marks);
    }
    return new Placement.Run(
        injection(number, view, to, Hook.HANDLE_POLICY),
        preDatapath(view, Hook.HANDLE_POLICY),
        marks);
  }

  /** By the source address, then by the source MAC: a pod may send from an address not its own. */
  private @Nullable EndpointConfig sender(PacketView view) {
    IpAddress source = source(view);
    EndpointConfig found = source == null ? null : byAddress.get(source);
    Layer.Ethernet ethernet = view.ethernet();
    return found != null || ethernet == null ? found : byMac.get(ethernet.src());
  }

  private @Nullable EndpointConfig receiver(PacketView view) {
    IpAddress destination = destination(view);
    EndpointConfig found = destination == null ? null : byAddress.get(destination);
    Layer.Ethernet ethernet = view.ethernet();
    return found != null || ethernet == null ? found : byMac.get(ethernet.dst());
  }

  private Injection injection(long number, PacketView view, EndpointConfig endpoint, Hook hook) {
    long hostIfindex = scenario.constants().hostIfindex();
    long identity = sourceIdentity(view);
    return switch (hook) {
      case FROM_CONTAINER ->
          injection(
              number,
              view,
              endpoint,
              hook,
              ContextState.ZERO,
              endpoint.ifindex(),
              endpoint.ifindex());
      case TO_CONTAINER ->
          injection(
              number,
              view,
              endpoint,
              hook,
              ContextState.of(identityMark(identity), 0, 0, 0, 0, 0),
              endpoint.ifindex(),
              0);
      case HANDLE_POLICY ->
          injection(
              number,
              view,
              endpoint,
              hook,
              ContextState.of(0, identity, endpoint.ifindex(), 0, identity == HOST ? 1 : 0, 0),
              hostIfindex,
              hostIfindex);
    };
  }

  private Injection injection(
      long number,
      PacketView view,
      EndpointConfig endpoint,
      Hook hook,
      ContextState context,
      long ifindex,
      long ingressIfindex) {
    return new Injection(
        number,
        view.bytes(),
        endpoint.id(),
        hook,
        context,
        ifindex,
        ingressIfindex,
        clock.nowNanos(),
        random(scenario.settings().seed(), number));
  }

  private long sourceIdentity(PacketView view) {
    IpAddress source = source(view);
    return source == null
        ? WORLD
        : identities.computeIfAbsent(source, a -> NodeCompiler.identityOf(node, a, WORLD));
  }

  /** The mark a packet for a pod carries; the world's packets carry none (section 8.3). */
  static long identityMark(long identity) {
    if (identity == WORLD) {
      return 0;
    }
    if (identity == HOST) {
      return 0x0c00;
    }
    return 0x0f00 | (identity & 0xffff) << 16 | (identity & 0xff0000) >> 16;
  }

  /** A packet's draw: SplitMix64 of the seed at the packet's number, its upper half. */
  static long random(long seed, long number) {
    long z = seed + number * 0x9e3779b97f4a7c15L;
    z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    z = z ^ z >>> 31;
    return z >>> 32;
  }

  /** For a packet between two pods of this node, the MACs tell on whose veth it was seen. */
  private boolean preDatapath(PacketView view, Hook hook) {
    boolean fromPod = hook == Hook.FROM_CONTAINER;
    Layer.Ethernet ethernet = view.ethernet();
    if (fromPod && scenario.capturePoint() == CapturePoint.POD_VETH && ethernet != null) {
      EndpointConfig to = receiver(view);
      if (to != null && to.mac().equals(ethernet.dst()) && to.nodeMac().equals(ethernet.src())) {
        return false;
      }
    }
    return scenario.capturePoint().preDatapath(fromPod);
  }
}
