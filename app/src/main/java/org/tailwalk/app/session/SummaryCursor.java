// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.session;

import org.jspecify.annotations.Nullable;
import org.tailwalk.app.packets.PacketCursor;
import org.tailwalk.filter.Level;
import org.tailwalk.filter.Shape;
import org.tailwalk.packet.Frame;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.packet.PacketView;
import org.tailwalk.replay.PacketReplay;

/** Goes from summary to summary without making anything. Used by one thread. */
public final class SummaryCursor implements PacketCursor {
  private final Summaries summaries;
  private final Columns columns;
  private Annotations annotations = Annotations.NONE;
  private int number;
  private @Nullable Frame frame;
  private @Nullable PacketReplay replay;
  private @Nullable PacketView view;

  SummaryCursor(Summaries summaries, Columns columns) {
    this.summaries = summaries;
    this.columns = columns;
  }

  /** Knows what the user said of the packets. */
  public SummaryCursor with(Annotations said) {
    annotations = said;
    return this;
  }

  @Override
  public SummaryCursor at(int packet) {
    number = java.util.Objects.checkIndex(packet - 1, summaries.size()) + 1;
    frame = null;
    replay = null;
    view = null;
    return this;
  }

  /** Goes to a packet whose frame is at hand. */
  public SummaryCursor at(int packet, Frame itsFrame) {
    at(packet);
    frame = itsFrame;
    return this;
  }

  /** Goes to a packet whose traces are at hand. */
  public SummaryCursor at(PacketReplay packet) {
    at((int) packet.number(), packet.frame());
    replay = packet;
    return this;
  }

  @Override
  public Level level() {
    return replay != null ? Level.TRACE : frame != null ? Level.FRAME : Level.SUMMARY;
  }

  @Override
  public long number() {
    return number;
  }

  @Override
  public long timeNanos() {
    return summaries.timeNanos(number);
  }

  @Override
  public long sinceFirstNanos() {
    return summaries.sinceFirstNanos(number);
  }

  @Override
  public long deltaNanos() {
    return number == 1 ? 0 : summaries.timeNanos(number) - summaries.timeNanos(number - 1);
  }

  @Override
  public long length() {
    return columns.length(number - 1);
  }

  @Override
  public long capturedLength() {
    return columns.capturedLength(number - 1);
  }

  @Override
  public String words() {
    return summaries.row(number).searchText();
  }

  @Override
  public String info() {
    return summaries.row(number).info();
  }

  @Override
  public @Nullable IpAddress source() {
    return columns.source(number - 1);
  }

  @Override
  public @Nullable IpAddress destination() {
    return columns.destination(number - 1);
  }

  @Override
  public int protocol() {
    return columns.protocol(number - 1);
  }

  @Override
  public Transport transport() {
    return columns.transport(number - 1);
  }

  @Override
  public int sourcePort() {
    return columns.sourcePort(number - 1);
  }

  @Override
  public int destinationPort() {
    return columns.destinationPort(number - 1);
  }

  @Override
  public int tcpFlags() {
    return columns.tcpFlags(number - 1);
  }

  @Override
  public long flow() {
    return summaries.flow(number);
  }

  @Override
  public Shape shape() {
    return columns.shape(number - 1);
  }

  @Override
  public boolean marked() {
    return annotations.marked(number);
  }

  @Override
  public String note() {
    return annotations.noteOf(number);
  }

  @Override
  public PacketView view() {
    PacketView known = view;
    if (known == null) {
      Frame at = frame;
      if (at == null) {
        throw new IllegalStateException("packet " + number + ": its frame is not at hand");
      }
      known = PacketView.of(at.data());
      view = known;
    }
    return known;
  }

  @Override
  public PacketReplay replay() {
    PacketReplay known = replay;
    if (known == null) {
      throw new IllegalStateException("packet " + number + ": its traces are not at hand");
    }
    return known;
  }
}
