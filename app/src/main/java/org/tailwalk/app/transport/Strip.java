// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.transport;

/**
 * The whole capture as a row of ticks: each tick the gravest thing among the packets it stands for.
 * Immutable.
 */
public final class Strip {
  /** What a packet is to the strip, the graver the later. */
  public enum Sign {
    NOT_RUN,
    TO_POD,
    FORWARDED,
    DROPPED,
    UNHEARD,
    DIFFERS
  }

  private static final Sign[] SIGNS = Sign.values();
  private static final double BLOCK = 8;

  private final byte[] ticks;
  private final float[] grave;
  private final float[] differs;
  private final int packets;
  private final double width;

  private Strip(byte[] ticks, float[] grave, float[] differs, int packets, double width) {
    this.ticks = ticks;
    this.grave = grave;
    this.differs = differs;
    this.packets = packets;
    this.width = width;
  }

  /**
   * Sums up packets.
   *
   * @param signs one ordinal of {@link Sign} for each packet
   * @param width pixels there are
   */
  public static Strip of(byte[] signs, double width) {
    int most = (int) Math.max(1, width / BLOCK);
    int count = Math.min(signs.length, signs.length <= most ? most : (int) Math.max(1, width / 2));
    byte[] ticks = new byte[count];
    float[] grave = new float[count];
    float[] differs = new float[count];
    int[] of = new int[count];
    for (int i = 0; i < signs.length; i++) {
      int tick = (int) ((long) i * count / signs.length);
      ticks[tick] = (byte) Math.max(ticks[tick], signs[i]);
      of[tick]++;
      grave[tick] += signs[i] >= Sign.DROPPED.ordinal() ? 1 : 0;
      differs[tick] += signs[i] == Sign.DIFFERS.ordinal() ? 1 : 0;
    }
    for (int i = 0; i < count; i++) {
      grave[i] /= Math.max(1, of[i]);
      differs[i] /= Math.max(1, of[i]);
    }
    return new Strip(ticks, grave, differs, signs.length, count == 0 ? 0 : width);
  }

  /** How many ticks. */
  public int size() {
    return ticks.length;
  }

  /** What tick {@code i} says. */
  public Sign sign(int i) {
    return SIGNS[ticks[i]];
  }

  /** How much of tick {@code i} went wrong or differs, 0 to 1. */
  public double grave(int i) {
    return grave[i];
  }

  /** In how much of tick {@code i} the engines differ, 0 to 1; part of {@link #grave}. */
  public double differs(int i) {
    return differs[i];
  }

  /** How many pixels it takes: all there are, however few the packets. */
  public double width() {
    return width;
  }

  /** Where packet {@code number} (1-based) stands, in pixels. */
  public double place(int number) {
    return packets == 0 ? 0 : (number - 0.5) / packets * width;
  }

  /** The packet at {@code x} pixels; 0 when there are none. */
  public int packetAt(double x) {
    return packets == 0 ? 0 : Math.clamp((int) Math.floor(x / width * packets) + 1, 1, packets);
  }
}
