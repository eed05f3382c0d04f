// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tailwalk.event.ContextState;
import org.tailwalk.packet.Bytes;

/** Incremental checksums against summing anew, and the corners where the kernel is particular. */
final class ChecksumTest {
  private static SkBuff buffer(byte[] data) {
    return new SkBuff(Bytes.copyOf(data), ContextState.ZERO, 1, 0);
  }

  /** All bytes but the checksum at 0. */
  private static int anew(SkBuff skb) {
    return Checksum.fold(skb.sum(2, skb.length() - 2, 0));
  }

  private static void sum(SkBuff skb) {
    skb.storeChecksum(0, anew(skb));
  }

  @Test
  void changedWordsLeadToTheSumOfTheNewBytes() {
    Random random = new Random(22527);
    for (int i = 0; i < 2_000; i++) {
      byte[] data = new byte[40];
      random.nextBytes(data);
      SkBuff skb = buffer(data);
      sum(skb);
      int at = 2 + 2 * random.nextInt(19);
      int to = random.nextInt(0x10000);
      int from = skb.u16(at);
      int error =
          i % 2 == 0 ? skb.l3ChecksumReplace2(0, from, to) : skb.l4ChecksumReplace2(0, from, to, 0);
      skb.store16(at, to);
      assertThat(error).isZero();
      assertThat(skb.u16(0)).isEqualTo(Integer.reverseBytes(anew(skb)) >>> 16);
    }
  }

  @Test
  void changedStretchesLeadToTheSumOfTheNewBytes() {
    Random random = new Random(26118);
    for (int i = 0; i < 2_000; i++) {
      byte[] data = new byte[40];
      random.nextBytes(data);
      SkBuff skb = buffer(data);
      sum(skb);
      byte[] to = new byte[i % 2 == 0 ? 4 : 16];
      random.nextBytes(to);
      int difference = Checksum.diff(skb.bytes(8, to.length), to, 0);
      skb.store(8, to);
      skb.l4ChecksumReplaceByDiff(0, difference, 0);
      assertThat(skb.u16(0)).isEqualTo(Integer.reverseBytes(anew(skb)) >>> 16);
    }
  }

  @Test
  void udpWithoutChecksumStaysWithout() {
    SkBuff skb = buffer(new byte[] {0, 0, 1, 2});
    assertThat(skb.l4ChecksumReplace2(0, 0x0102, 0x0304, SkBuff.MARK_MANGLED_0)).isZero();
    assertThat(skb.u16(0)).isZero();
  }

  @Test
  void udpChecksumThatBecomesZeroIsWrittenAsAllOnes() {
    SkBuff skb = buffer(new byte[] {0, 1, 0, 0});
    skb.l4ChecksumReplace2(0, 0, 1, SkBuff.MARK_MANGLED_0);
    assertThat(skb.u16(0)).isEqualTo(0xffff);
    SkBuff plain = buffer(new byte[] {0, 1, 0, 0});
    plain.l4ChecksumReplace2(0, 0, 1, 0);
    assertThat(plain.u16(0)).isZero();
  }

  @Test
  void checksumsOutsideTheFrameOrAtOddOffsetsAreRefused() {
    SkBuff skb = buffer(new byte[8]);
    assertThat(skb.l4ChecksumReplace2(7, 0, 1, 0)).isEqualTo(Errno.EFAULT);
    assertThat(skb.l4ChecksumReplace2(8, 0, 1, 0)).isEqualTo(Errno.EFAULT);
    assertThat(skb.l3ChecksumReplaceByDiff(3, 1)).isEqualTo(Errno.EFAULT);
    assertThat(skb.l3ChecksumReplaceByDiff(6, 1)).isZero();
  }
}
