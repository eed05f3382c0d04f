// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.packets;

import org.jspecify.annotations.Nullable;
import org.tailwalk.filter.Level;
import org.tailwalk.filter.Shape;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.packet.PacketView;
import org.tailwalk.replay.PacketReplay;

/** A cursor over rows alone: bare words find what they say, fields have no values. */
final class RowCursor implements PacketCursor {
  private final PacketTable table;
  private int number;

  RowCursor(PacketTable table) {
    this.table = table;
  }

  @Override
  public RowCursor at(int packet) {
    number = packet;
    return this;
  }

  @Override
  public Level level() {
    return Level.SUMMARY;
  }

  @Override
  public long number() {
    return number;
  }

  @Override
  public long timeNanos() {
    return sinceFirstNanos();
  }

  @Override
  public long sinceFirstNanos() {
    return table.row(number).sinceFirstNanos();
  }

  @Override
  public long deltaNanos() {
    return number == 1 ? 0 : sinceFirstNanos() - table.row(number - 1).sinceFirstNanos();
  }

  @Override
  public long length() {
    return -1;
  }

  @Override
  public long capturedLength() {
    return -1;
  }

  @Override
  public String words() {
    return table.row(number).searchText();
  }

  @Override
  public String info() {
    return table.row(number).info();
  }

  @Override
  public @Nullable IpAddress source() {
    return null;
  }

  @Override
  public @Nullable IpAddress destination() {
    return null;
  }

  @Override
  public int protocol() {
    return -1;
  }

  @Override
  public Transport transport() {
    return Transport.NONE;
  }

  @Override
  public int sourcePort() {
    return -1;
  }

  @Override
  public int destinationPort() {
    return -1;
  }

  @Override
  public int tcpFlags() {
    return -1;
  }

  @Override
  public long flow() {
    return table.flow(number);
  }

  @Override
  public Shape shape() {
    return Shape.NOT_RUN;
  }

  @Override
  public PacketView view() {
    throw new IllegalStateException("rows have no bytes");
  }

  @Override
  public PacketReplay replay() {
    throw new IllegalStateException("rows have no traces");
  }
}
