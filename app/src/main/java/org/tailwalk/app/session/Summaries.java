// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.session;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.packets.PacketRow;
import org.tailwalk.app.packets.PacketRow.Outcome;
import org.tailwalk.app.packets.PacketRow.Way;
import org.tailwalk.app.packets.PacketTable;
import org.tailwalk.app.transport.Strip;
import org.tailwalk.event.CtStatus;
import org.tailwalk.event.Verdict;
import org.tailwalk.filter.Shape;
import org.tailwalk.filter.Subject;
import org.tailwalk.packet.FlowKey;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.packet.PacketSummary;
import org.tailwalk.packet.PacketView;
import org.tailwalk.replay.Divergence;
import org.tailwalk.replay.LaneTrace;
import org.tailwalk.replay.Mark;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.Placement;
import org.tailwalk.scenario.NodeState;

/** A few bytes of every packet. Filled by one thread, then never changed. */
public final class Summaries implements PacketTable {
  private static final Outcome[] OUTCOMES = Outcome.values();
  private static final Way[] WAYS = Way.values();
  private static final CtStatus[] STATUSES = CtStatus.values();
  private static final Mark[] MARKS = Mark.values();
  private static final int DIFFERS = 1;
  private static final int POST_DATAPATH = 2;
  private static final char BETWEEN = '\u0000';

  private final RowMaker rows;
  private final TextStore texts = new TextStore();
  private final List<String> wordList = new ArrayList<>();
  private final Map<String, Integer> wordIndex = new HashMap<>();
  private final Map<FlowKey, Integer> flows = new HashMap<>();
  private final Columns columns = new Columns();
  private final @Nullable TouchedKeys keys;
  private long[] nanos = new long[1024];
  private byte[] outcomes = new byte[1024];
  private byte[] ways = new byte[1024];
  private byte[] statuses = new byte[1024];
  private byte[] flags = new byte[1024];
  private byte[] marks = new byte[1024];
  private byte[] signs = new byte[1024];
  private int[] words = new int[1024];
  private int[] flowOf = new int[1024];
  private int count;
  private int dropped;
  private int unheard;
  private int differing;
  private int notRun;

  /**
   * With the interfaces of the pods: a packet redirected to one of them is delivered.
   *
   * @param keyed whether to keep the keys of maps that packets name
   */
  Summaries(NodeState node, boolean keyed) {
    rows = new RowMaker(node);
    keys = keyed ? new TouchedKeys() : null;
  }

  /** Adds the next packet. */
  void add(PacketReplay packet) {
    if (count == nanos.length) {
      grow();
    }
    PacketView view = PacketView.of(packet.frame().data());
    PacketSummary summary = PacketSummary.of(view, packet.frame().originalLength());
    texts.add(summary.source() + BETWEEN + summary.destination() + BETWEEN + summary.info());
    columns.add(packet, view);
    if (keys != null) {
      keys.add(packet);
    }
    nanos[count] = packet.frame().timeNanos();
    flowOf[count] =
        FlowKey.of(view).map(k -> flows.computeIfAbsent(k, _ -> flows.size() + 1)).orElse(0);
    LaneTrace lane = packet.primary().orElse(null);
    Outcome outcome = rows.outcome(lane);
    outcomes[count] = (byte) outcome.ordinal();
    ways[count] = (byte) RowMaker.way(packet.placement()).ordinal();
    statuses[count] =
        (byte)
            (lane == null
                ? -1
                : lane.reading().ctResult().map(Enum::ordinal).orElse(-1).intValue());
    words[count] = word(rows.words(packet, lane));
    Divergence divergence = packet.divergence();
    // What one engine could not run is told as that; there is nothing to differ from.
    boolean differs = divergence != null && divergence.kind() != Divergence.Kind.INCOMPARABLE;
    boolean post = packet.placement() instanceof Placement.Run run && !run.preDatapath();
    flags[count] = (byte) ((differs ? DIFFERS : 0) | (post ? POST_DATAPATH : 0));
    for (Mark mark : packet.placement().marks()) {
      marks[count] |= (byte) (1 << mark.ordinal());
    }
    signs[count] = (byte) sign(outcome, differs).ordinal();
    dropped += lane != null && lane.trace().verdict() instanceof Verdict.Dropped ? 1 : 0;
    unheard += outcome == Outcome.UNHEARD ? 1 : 0;
    differing += differs ? 1 : 0;
    notRun += outcome == Outcome.NOT_RUN ? 1 : 0;
    count++;
  }

  /** Drops what was kept for adding alone. */
  void finish() {
    flows.clear();
    wordIndex.clear();
    columns.finish();
    if (keys != null) {
      keys.finish();
    }
  }

  private static Strip.Sign sign(Outcome outcome, boolean differs) {
    if (differs) {
      return Strip.Sign.DIFFERS;
    }
    return switch (outcome) {
      case FORWARDED, PROXIED -> Strip.Sign.FORWARDED;
      case DELIVERED, REDIRECTED -> Strip.Sign.TO_POD;
      case DROPPED -> Strip.Sign.DROPPED;
      case UNHEARD -> Strip.Sign.UNHEARD;
      case NOT_RUN -> Strip.Sign.NOT_RUN;
    };
  }

  private int word(String text) {
    return wordIndex.computeIfAbsent(
        text,
        t -> {
          wordList.add(t);
          return wordList.size() - 1;
        });
  }

  private void grow() {
    int size = count * 2;
    nanos = Arrays.copyOf(nanos, size);
    outcomes = Arrays.copyOf(outcomes, size);
    ways = Arrays.copyOf(ways, size);
    statuses = Arrays.copyOf(statuses, size);
    flags = Arrays.copyOf(flags, size);
    marks = Arrays.copyOf(marks, size);
    signs = Arrays.copyOf(signs, size);
    words = Arrays.copyOf(words, size);
    flowOf = Arrays.copyOf(flowOf, size);
  }

  @Override
  public int size() {
    return count;
  }

  @Override
  public PacketRow row(int number) {
    int i = java.util.Objects.checkIndex(number - 1, count);
    String[] text = texts.get(i).split(String.valueOf(BETWEEN), -1);
    return new PacketRow(
        number,
        nanos[i] - nanos[0],
        WAYS[ways[i]],
        text[0],
        text[1],
        text[2],
        statuses[i] < 0 ? null : STATUSES[statuses[i]],
        OUTCOMES[outcomes[i]],
        wordList.get(words[i]),
        (flags[i] & DIFFERS) != 0,
        remark(i));
  }

  private String remark(int i) {
    Set<Mark> odd = EnumSet.noneOf(Mark.class);
    for (Mark mark : MARKS) {
      if ((marks[i] & 1 << mark.ordinal()) != 0) {
        odd.add(mark);
      }
    }
    return RowMaker.remark((flags[i] & POST_DATAPATH) != 0, odd);
  }

  @Override
  public long flow(int number) {
    return flowOf[java.util.Objects.checkIndex(number - 1, count)];
  }

  @Override
  public SummaryCursor cursor() {
    return new SummaryCursor(this, columns);
  }

  /** The keys of maps that packets' steps name; empty where they were not to be searched. */
  public Optional<TouchedKeys> keys() {
    return Optional.ofNullable(keys);
  }

  /** The shape of a packet's walk. */
  public Shape shape(int number) {
    return columns.shape(java.util.Objects.checkIndex(number - 1, count));
  }

  /** Every shape that occurs, in the order of first sight. */
  public List<Shape> shapes() {
    return columns.shapes();
  }

  /** Index of a packet's shape in {@link #shapes}. */
  public int shapeIndex(int number) {
    return columns.shapeIndex(java.util.Objects.checkIndex(number - 1, count));
  }

  /** Addresses that occur, the most frequent first. */
  public List<IpAddress> addresses() {
    return columns.addresses(count);
  }

  /**
   * Ports that occur, the most frequent first.
   *
   * @param transport whose
   */
  public List<Integer> ports(Subject.Transport transport) {
    return columns.ports(count, transport);
  }

  /** Capture time, nanoseconds since 1970. */
  long timeNanos(int number) {
    return nanos[java.util.Objects.checkIndex(number - 1, count)];
  }

  /** Capture time since the first packet's, nanoseconds. */
  public long sinceFirstNanos(int number) {
    return nanos[java.util.Objects.checkIndex(number - 1, count)] - nanos[0];
  }

  /** Whether the capture shows the packet before the datapath. */
  public boolean preDatapath(int number) {
    return (flags[number - 1] & POST_DATAPATH) == 0;
  }

  /** One ordinal of {@link Strip.Sign} for each packet. */
  public byte[] signs() {
    return Arrays.copyOf(signs, count);
  }

  @Override
  public Counts counts() {
    return new Counts(count, dropped, unheard, differing, notRun);
  }
}
