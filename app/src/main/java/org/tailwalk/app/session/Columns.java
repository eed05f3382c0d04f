// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.session;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tailwalk.filter.Shape;
import org.tailwalk.filter.Shapes;
import org.tailwalk.filter.Subject;
import org.tailwalk.filter.TraceSubject;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.packet.Layer;
import org.tailwalk.packet.PacketView;
import org.tailwalk.replay.PacketReplay;

/**
 * What filters ask most, 26 bytes a packet: addresses, ports, lengths and the number of the walk's
 * shape. Filled by one thread, then read by several. Indexes are 0-based.
 */
final class Columns {
  private static final Subject.Transport[] TRANSPORTS = Subject.Transport.values();

  private final List<IpAddress> addressList = new ArrayList<>();
  private final Map<IpAddress, Integer> addressIndex = new HashMap<>();
  private final List<Shape> shapeList = new ArrayList<>();
  private final Map<Shape, Integer> shapeIndex = new HashMap<>();
  private int[] sources = new int[1024];
  private int[] destinations = new int[1024];
  private int[] lengths = new int[1024];
  private int[] captured = new int[1024];
  private int[] shapes = new int[1024];
  private char[] sourcePorts = new char[1024];
  private char[] destinationPorts = new char[1024];
  private short[] protocols = new short[1024];
  private byte[] transports = new byte[1024];
  private byte[] flags = new byte[1024];
  private int count;

  void add(PacketReplay packet, PacketView view) {
    if (count == sources.length) {
      grow();
    }
    Layer.Ip ip = view.ip().orElse(null);
    sources[count] = ip == null ? -1 : address(ip.src());
    destinations[count] = ip == null ? -1 : address(ip.dst());
    protocols[count] = (short) (ip == null ? -1 : ip.protocol());
    lengths[count] = packet.frame().originalLength();
    captured[count] = packet.frame().data().length();
    transports[count] = (byte) TraceSubject.transport(view).ordinal();
    sourcePorts[count] = (char) Math.max(0, TraceSubject.sourcePort(view));
    destinationPorts[count] = (char) Math.max(0, TraceSubject.destinationPort(view));
    flags[count] = view.transport() instanceof Layer.Tcp t ? (byte) t.flags() : 0;
    Shape shape = Shapes.of(packet);
    Integer known = shapeIndex.putIfAbsent(shape, shapeList.size());
    if (known == null) {
      shapeList.add(shape);
    }
    shapes[count] = known == null ? shapeList.size() - 1 : known;
    count++;
  }

  private int address(IpAddress address) {
    Integer known = addressIndex.putIfAbsent(address, addressList.size());
    if (known == null) {
      addressList.add(address);
      return addressList.size() - 1;
    }
    return known;
  }

  private void grow() {
    int size = count * 2;
    sources = Arrays.copyOf(sources, size);
    destinations = Arrays.copyOf(destinations, size);
    lengths = Arrays.copyOf(lengths, size);
    captured = Arrays.copyOf(captured, size);
    shapes = Arrays.copyOf(shapes, size);
    sourcePorts = Arrays.copyOf(sourcePorts, size);
    destinationPorts = Arrays.copyOf(destinationPorts, size);
    protocols = Arrays.copyOf(protocols, size);
    transports = Arrays.copyOf(transports, size);
    flags = Arrays.copyOf(flags, size);
  }

  void finish() {
    addressIndex.clear();
    shapeIndex.clear();
  }

  @Nullable IpAddress source(int i) {
    return sources[i] < 0 ? null : addressList.get(sources[i]);
  }

  @Nullable IpAddress destination(int i) {
    return destinations[i] < 0 ? null : addressList.get(destinations[i]);
  }

  int protocol(int i) {
    return protocols[i];
  }

  Subject.Transport transport(int i) {
    return TRANSPORTS[transports[i]];
  }

  int sourcePort(int i) {
    return transport(i) == Subject.Transport.NONE ? -1 : sourcePorts[i];
  }

  int destinationPort(int i) {
    return transport(i) == Subject.Transport.NONE ? -1 : destinationPorts[i];
  }

  int tcpFlags(int i) {
    return transport(i) == Subject.Transport.TCP ? flags[i] & 0xff : -1;
  }

  int length(int i) {
    return lengths[i];
  }

  int capturedLength(int i) {
    return captured[i];
  }

  int shapeIndex(int i) {
    return shapes[i];
  }

  Shape shape(int i) {
    return shapeList.get(shapes[i]);
  }

  List<Shape> shapes() {
    return List.copyOf(shapeList);
  }

  List<IpAddress> addresses(int packets) {
    int[] times = new int[addressList.size()];
    for (int i = 0; i < packets; i++) {
      if (sources[i] >= 0) {
        times[sources[i]]++;
        times[destinations[i]]++;
      }
    }
    return IntStream.range(0, times.length)
        .boxed()
        .sorted(Comparator.comparingInt(a -> -times[a]))
        .map(addressList::get)
        .toList();
  }

  List<Integer> ports(int packets, Subject.Transport transport) {
    int[] times = new int[0x10000];
    for (int i = 0; i < packets; i++) {
      if (transports[i] == transport.ordinal()) {
        times[sourcePorts[i]]++;
        times[destinationPorts[i]]++;
      }
    }
    return IntStream.range(0, times.length)
        .filter(p -> times[p] > 0)
        .boxed()
        .sorted(Comparator.comparingInt(p -> -times[p]))
        .toList();
  }
}
