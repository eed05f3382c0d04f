// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.decode;

import java.util.Arrays;
import java.util.List;
import org.tailwalk.bpf.elf.CollectionSpec;
import org.tailwalk.bpf.elf.ProgramSpec;
import org.tailwalk.bpf.insn.AluOp;
import org.tailwalk.bpf.insn.CodeElement;
import org.tailwalk.bpf.insn.Helper;
import org.tailwalk.bpf.insn.Instruction;
import org.tailwalk.bpf.insn.Operand;
import org.tailwalk.bpf.insn.Register;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.Notification;
import org.tailwalk.packet.Bytes;

/**
 * Reads events out of the ring. The drop event grew from 32 to 36 bytes in 2021; the object's own
 * BTF tells which one its programs send.
 */
public final class NotificationReader {
  private static final int SIGNAL_SIZE = 8;

  /** Bytes of a signal with the ring's padding; every event has more. */
  static final int MOST_OF_A_SIGNAL = 12;

  private static final int DROP = 1;
  private static final int DROP_SLOT = 1;
  private static final int DROP_2020 = 32;
  private static final int DROP_NOW = 36;
  private static final int LINE_AT = 28;

  private final boolean shortDrops;

  private NotificationReader(boolean shortDrops) {
    this.shortDrops = shortDrops;
  }

  /** The reader for an object's events. */
  public static NotificationReader of(CollectionSpec object) {
    return new NotificationReader(
        object.programs().stream()
            .filter(NotificationReader::isDropProgram)
            .anyMatch(p -> sends(p.code(), DROP_2020)));
  }

  private static boolean isDropProgram(ProgramSpec program) {
    return program.slots().stream()
        .anyMatch(s -> s.index() == DROP_SLOT && MapRole.ofSymbol(s.map()) == MapRole.CALLS);
  }

  /** Whether a struct of this constant size goes to the ring: r5 of the call. */
  private static boolean sends(List<CodeElement> code, int size) {
    boolean found = false;
    int constant = -1;
    for (CodeElement element : code) {
      switch (element) {
        case Instruction.Alu alu when alu.dst() == Register.R5 ->
            constant =
                alu.op() == AluOp.MOV && alu.operand() instanceof Operand.Imm(int value)
                    ? value
                    : -1;
        case Instruction.HelperCall(int helper) -> {
          found |= helper == Helper.PERF_EVENT_OUTPUT && constant == size;
          constant = -1;
        }
        default -> {}
      }
    }
    return found;
  }

  /** Whether one of a run's records may be a signal: by its size, which no event has. */
  public static boolean maySignal(List<byte[]> records) {
    for (byte[] raw : records) {
      if (raw.length <= MOST_OF_A_SIGNAL) {
        return true;
      }
    }
    return false;
  }

  /** An event of the events map, with the ring's padding. */
  Notification event(byte[] raw) {
    return Notification.of(Bytes.copyOf(shortDrops && isDrop(raw) ? widened(raw) : raw));
  }

  private static boolean isDrop(byte[] raw) {
    return raw.length >= DROP_2020 && raw[0] == DROP;
  }

  // What the old struct lacks (line, file, extended error, interface) reads as 0.
  private static byte[] widened(byte[] raw) {
    byte[] wide = new byte[raw.length + DROP_NOW - DROP_2020];
    System.arraycopy(raw, 0, wide, 0, DROP_2020);
    Arrays.fill(wide, LINE_AT, DROP_NOW, (byte) 0);
    System.arraycopy(raw, DROP_2020, wide, DROP_NOW, raw.length - DROP_2020);
    return wide;
  }

  /** An event of the signal map. */
  Notification signal(byte[] raw) {
    return raw.length < SIGNAL_SIZE
        ? event(raw)
        : new Notification.Signal(LogRecord.intAt(raw, 0), LogRecord.intAt(raw, 4));
  }
}
