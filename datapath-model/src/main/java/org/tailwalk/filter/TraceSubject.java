// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.filter;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.packet.Layer;
import org.tailwalk.packet.PacketSummary;
import org.tailwalk.packet.PacketView;
import org.tailwalk.replay.PacketReplay;

/** A packet that all is known of. Used by one thread. */
public final class TraceSubject implements Subject {
  private final PacketReplay replay;
  private final long firstNanos;
  private final long previousNanos;
  private final long flow;
  private final Function<PacketReplay, String> wording;
  private final PacketView view;
  private @Nullable Shape shape;
  private @Nullable String words;

  /**
   * A packet after its replay.
   *
   * @param firstNanos capture time of the first packet
   * @param previousNanos capture time of the packet before; its own for the first
   * @param flow as in {@link Subject#flow}
   * @param wording what the list says of it, for bare words; in any case
   */
  public TraceSubject(
      PacketReplay replay,
      long firstNanos,
      long previousNanos,
      long flow,
      Function<PacketReplay, String> wording) {
    this.replay = replay;
    this.firstNanos = firstNanos;
    this.previousNanos = previousNanos;
    this.flow = flow;
    this.wording = wording;
    this.view = PacketView.of(replay.frame().data());
  }

  @Override
  public Level level() {
    return Level.TRACE;
  }

  @Override
  public long number() {
    return replay.number();
  }

  @Override
  public long timeNanos() {
    return replay.frame().timeNanos();
  }

  @Override
  public long sinceFirstNanos() {
    return timeNanos() - firstNanos;
  }

  @Override
  public long deltaNanos() {
    return timeNanos() - previousNanos;
  }

  @Override
  public long length() {
    return replay.frame().originalLength();
  }

  @Override
  public long capturedLength() {
    return replay.frame().data().length();
  }

  @Override
  public String words() {
    String known = words;
    if (known == null) {
      known = wording.apply(replay).toLowerCase(java.util.Locale.ROOT);
      words = known;
    }
    return known;
  }

  @Override
  public String info() {
    return PacketSummary.of(view, replay.frame().originalLength()).info();
  }

  @Override
  public @Nullable IpAddress source() {
    return view.ip().map(Layer.Ip::src).orElse(null);
  }

  @Override
  public @Nullable IpAddress destination() {
    return view.ip().map(Layer.Ip::dst).orElse(null);
  }

  @Override
  public int protocol() {
    return view.ip().map(Layer.Ip::protocol).orElse(-1);
  }

  @Override
  public Transport transport() {
    return transport(view);
  }

  /** Which transport header a view has. */
  public static Transport transport(PacketView view) {
    return switch (view.transport()) {
      case Layer.Tcp _ -> Transport.TCP;
      case Layer.Udp _ -> Transport.UDP;
      case Layer.Sctp _ -> Transport.SCTP;
      case Layer.Icmp icmp -> icmp.v6() ? Transport.ICMPV6 : Transport.ICMP;
      case null, default -> Transport.NONE;
    };
  }

  @Override
  public int sourcePort() {
    return sourcePort(view);
  }

  /** Source port, or the type of an ICMP message; -1 without either. */
  public static int sourcePort(PacketView view) {
    return switch (view.transport()) {
      case Layer.Tcp t -> t.srcPort();
      case Layer.Udp u -> u.srcPort();
      case Layer.Sctp s -> s.srcPort();
      case Layer.Icmp i -> i.type();
      case null, default -> -1;
    };
  }

  @Override
  public int destinationPort() {
    return destinationPort(view);
  }

  /** Destination port, or the code of an ICMP message; -1 without either. */
  public static int destinationPort(PacketView view) {
    return switch (view.transport()) {
      case Layer.Tcp t -> t.dstPort();
      case Layer.Udp u -> u.dstPort();
      case Layer.Sctp s -> s.dstPort();
      case Layer.Icmp i -> i.code();
      case null, default -> -1;
    };
  }

  @Override
  public int tcpFlags() {
    return view.transport() instanceof Layer.Tcp t ? t.flags() & 0xff : -1;
  }

  @Override
  public long flow() {
    return flow;
  }

  @Override
  public Shape shape() {
    Shape known = shape;
    if (known == null) {
      known = Shapes.of(replay);
      shape = known;
    }
    return known;
  }

  @Override
  public PacketView view() {
    return view;
  }

  @Override
  public PacketReplay replay() {
    return replay;
  }
}
