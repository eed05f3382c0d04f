// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tailwalk.packet.FlowKey;
import org.tailwalk.packet.Frame;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.packet.Layer;
import org.tailwalk.packet.PacketView;

/**
 * What the alignment goes by: some 50 bytes of each packet. Packets are numbered from 1. Immutable
 * once built.
 */
public final class CapturePrints {
  /** Bytes of the payload that are looked at: a snap length beyond it does not matter. */
  private static final int PAYLOAD = 128;

  private static final long AGAIN = 0xd0b1e;

  private final int size;
  private final long[] time;
  private final int[] flow;
  private final boolean[] fromClient;
  private final long[] identical;
  private final long[] content;
  private final long[] shape;
  private final long[] kind;
  private final int[] repeats;
  private final List<FlowFacts> flows;
  private final int[][] packets;

  private CapturePrints(Builder from) {
    size = from.count;
    time = Arrays.copyOf(from.time, size);
    flow = Arrays.copyOf(from.flow, size);
    fromClient = Arrays.copyOf(from.fromClient, size);
    identical = Arrays.copyOf(from.identical, size);
    content = Arrays.copyOf(from.content, size);
    shape = Arrays.copyOf(from.shape, size);
    kind = Arrays.copyOf(from.kind, size);
    repeats = Arrays.copyOf(from.repeats, size);
    flows = List.copyOf(from.flows);
    int[] counts = new int[flows.size()];
    for (int f : flow) {
      counts[f]++;
    }
    packets = new int[flows.size()][];
    for (int i = 0; i < counts.length; i++) {
      packets[i] = new int[counts[i]];
    }
    int[] at = new int[flows.size()];
    for (int i = 0; i < size; i++) {
      packets[flow[i]][at[flow[i]]++] = i + 1;
    }
  }

  /** The prints of frames in capture order. */
  public static CapturePrints of(Iterable<Frame> frames) {
    Builder builder = new Builder();
    frames.forEach(builder::add);
    return builder.build();
  }

  /** How many packets. */
  public int size() {
    return size;
  }

  /** A packet's capture time, nanoseconds since 1970. */
  public long timeNanos(int packet) {
    return time[packet - 1];
  }

  /** A packet's capture time since the first packet's, nanoseconds. */
  public long sinceFirstNanos(int packet) {
    return time[packet - 1] - time[0];
  }

  /** The flows, in the order of their first packets. */
  public List<FlowFacts> flows() {
    return flows;
  }

  /** The index of a packet's flow. */
  public int flow(int packet) {
    return flow[packet - 1];
  }

  /** A packet's flow. */
  public FlowFacts flowOf(int packet) {
    return flows.get(flow[packet - 1]);
  }

  /** Whether a packet goes from the client of its flow to the server. */
  public boolean fromClient(int packet) {
    return fromClient[packet - 1];
  }

  /** The packets of a flow, both directions, in capture order. */
  int[] packets(int flowIndex) {
    return packets[flowIndex];
  }

  /** The packet of the same flow before this one, either direction; 0 for the first. */
  public int previousOfFlow(int packet) {
    int[] all = packets[flow[packet - 1]];
    int at = Arrays.binarySearch(all, packet);
    return at > 0 ? all[at - 1] : 0;
  }

  /** The whole packet from its network header on, without TTL and checksum. */
  long identical(int packet) {
    return identical[packet - 1];
  }

  /** Payload, flags and the place in the stream. */
  long content(int packet) {
    return content[packet - 1];
  }

  /** Flags and length. */
  long shape(int packet) {
    return shape[packet - 1];
  }

  /** What kind of packet. */
  long kind(int packet) {
    return kind[packet - 1];
  }

  /** The packet of which this one is a retransmission; 0 for none. */
  public int repeats(int packet) {
    return repeats[packet - 1];
  }

  /** Adds packets in capture order. Used by one thread. */
  public static final class Builder {
    private final Map<FlowKey, Integer> index = new HashMap<>();
    private final List<FlowFacts> flows = new ArrayList<>();
    private final List<long[]> bases = new ArrayList<>();
    private final FirstWith sent = new FirstWith();
    private int count;
    private long[] time = new long[1024];
    private int[] flow = new int[1024];
    private boolean[] fromClient = new boolean[1024];
    private long[] identical = new long[1024];
    private long[] content = new long[1024];
    private long[] shape = new long[1024];
    private long[] kind = new long[1024];
    private int[] repeats = new int[1024];

    /** Adds the next packet. */
    public void add(Frame frame) {
      add(frame, false);
    }

    /**
     * Adds the next packet.
     *
     * @param again another sighting of an earlier packet: its mate is another such
     */
    void add(Frame frame, boolean again) {
      if (count == time.length) {
        grow();
      }
      PacketView view = PacketView.of(frame.data());
      FlowKey key = FlowKey.of(view).orElseGet(() -> other(view));
      int f =
          index.computeIfAbsent(
              key,
              k -> {
                flows.add(FlowFacts.of(k, view));
                bases.add(new long[] {-1, -1});
                return flows.size() - 1;
              });
      boolean up = flows.get(f).fromClient(view);
      time[count] = frame.timeNanos();
      flow[count] = f;
      fromClient[count] = up;
      prints(frame, view, f, up);
      if (again) {
        kind[count] = mix(kind[count], AGAIN);
        shape[count] = mix(shape[count], AGAIN);
        content[count] = mix(content[count], AGAIN);
        repeats[count] = 0;
      }
      count++;
    }

    private static FlowKey other(PacketView view) {
      if (view.network() instanceof Layer.Arp arp) {
        return new FlowKey(arp.senderIp(), 0, arp.targetIp(), 0, FlowFacts.NOT_IP + 0x0806);
      }
      Layer.Ethernet ethernet = view.ethernet();
      int type = ethernet == null ? 0 : ethernet.etherType();
      return new FlowKey(IpAddress.ANY4, 0, IpAddress.ANY4, 0, FlowFacts.NOT_IP + type);
    }

    private void prints(Frame frame, PacketView view, int f, boolean up) {
      int start = view.ethernet() == null ? 0 : view.ethernet().length();
      int payloadAt = view.payload();
      long payload = hash(view, payloadAt, Math.min(frame.data().length(), payloadAt + PAYLOAD));
      int length = Math.max(0, frame.originalLength() - payloadAt);
      int protocol = view.ip().map(Layer.Ip::protocol).orElse(-1);
      if (view.ip().isPresent()) {
        Layer.Ip ip = view.ip().get();
        Layer last = view.transport();
        length =
            Math.max(
                0,
                ip.payloadLength()
                    - (last == null ? 0 : last.offset() + last.length() - ip.payload()));
      }
      long k = mix(protocol, up ? 1 : 2);
      long place = 0;
      switch (view.transport()) {
        case Layer.Tcp t -> {
          int control = t.flags() & (Layer.Tcp.SYN | Layer.Tcp.FIN | Layer.Tcp.RST);
          boolean syn = (control & Layer.Tcp.SYN) != 0;
          boolean answer = syn && (t.flags() & Layer.Tcp.ACK) != 0;
          k = mix(k, control << 2 | (length > 0 ? 2 : 0) | (answer ? 1 : 0));
          if (syn) {
            opens(f, up, t.seq());
          }
          long seq = relative(f, up, t.seq() - 1, t.seq());
          place = mix(seq, control == 0 && length == 0 ? ack(f, up, t) : 0);
          if (length > 0 || control != 0) {
            long id = mix(mix(mix(k, place), mix(length, payload)), f);
            repeats[count] = sent.before(count + 1, id);
          }
        }
        case Layer.Icmp i -> {
          k = mix(k, i.type() << 8 | i.code());
          place = i.seq();
          if (i.error()) {
            payload = 0;
          }
        }
        case null, default -> {
          if (!(view.network() instanceof Layer.Ip) && view.network() instanceof Layer.Arp arp) {
            k = mix(k, arp.operation());
          }
        }
      }
      kind[count] = k;
      shape[count] = mix(k, length);
      content[count] = mix(mix(shape[count], place), payload);
      identical[count] = whole(view, start, frame.data().length());
    }

    /** Sequence numbers count from here; another connection on the same ports begins anew. */
    private void opens(int f, boolean up, long seq) {
      long[] of = bases.get(f);
      int side = up ? 0 : 1;
      if (of[side] != seq) {
        of[side] = seq;
        of[1 - side] = up ? -1 : of[1 - side];
      }
    }

    private long relative(int f, boolean up, long base, long seq) {
      long[] of = bases.get(f);
      int side = up ? 0 : 1;
      if (of[side] < 0) {
        of[side] = base & 0xffffffffL;
      }
      return seq - of[side] & 0xffffffffL;
    }

    private long ack(int f, boolean up, Layer.Tcp t) {
      return (t.flags() & Layer.Tcp.ACK) == 0 ? 0 : relative(f, !up, t.ack() - 1, t.ack());
    }

    private static long whole(PacketView view, int start, int end) {
      Layer network = view.network();
      long h = 17;
      for (int i = start; i < end; i++) {
        if (network instanceof Layer.Ipv4 ip
            && (i == ip.offset() + 8 || i == ip.offset() + 10 || i == ip.offset() + 11)) {
          continue;
        }
        if (network instanceof Layer.Ipv6 ip && i == ip.offset() + 7) {
          continue;
        }
        h = h * 0x100000001b3L + view.bytes().at(i) + 1;
      }
      return mix(h, end - start);
    }

    private static long hash(PacketView view, int from, int to) {
      long h = 29;
      for (int i = from; i < to; i++) {
        h = h * 0x100000001b3L + view.bytes().at(i) + 1;
      }
      return h;
    }

    private void grow() {
      int more = count * 2;
      time = Arrays.copyOf(time, more);
      flow = Arrays.copyOf(flow, more);
      fromClient = Arrays.copyOf(fromClient, more);
      identical = Arrays.copyOf(identical, more);
      content = Arrays.copyOf(content, more);
      shape = Arrays.copyOf(shape, more);
      kind = Arrays.copyOf(kind, more);
      repeats = Arrays.copyOf(repeats, more);
    }

    /** The flow of the last packet added. */
    FlowFacts lastFlow() {
      return flows.get(flow[count - 1]);
    }

    /** What was added. */
    public CapturePrints build() {
      return new CapturePrints(this);
    }
  }

  /** Stirs two numbers into one. */
  static long mix(long a, long b) {
    long h = a * 0x9e3779b97f4a7c15L + b;
    h ^= h >>> 32;
    h *= 0xd6e8feb86659fd93L;
    return h ^ h >>> 29;
  }
}
