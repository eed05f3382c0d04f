// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.sys;

import static org.tailwalk.bpf.sys.Capability.CAP_BPF;
import static org.tailwalk.bpf.sys.Capability.CAP_NET_ADMIN;
import static org.tailwalk.bpf.sys.Capability.CAP_PERFMON;
import static org.tailwalk.bpf.sys.Capability.CAP_SYS_ADMIN;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * bpf(2): creating and finding maps, programs and BTF. Element operations are in {@link
 * BpfElements}, test runs in {@link TestRun}. Attribute layouts: {@code union bpf_attr} of
 * linux/bpf.h.
 */
public final class Bpf {
  static final int PROG_TEST_RUN = 10;
  private static final int MAP_CREATE = 0;
  private static final int PROG_LOAD = 5;
  private static final int OBJ_GET_INFO_BY_FD = 15;
  private static final int BTF_LOAD = 18;
  private static final int MAP_FREEZE = 22;
  private static final int ATTR_SIZE = 152;
  private static final int NAME_MAX = 15;

  private Bpf() {}

  /** Kinds of object that the kernel numbers. */
  public enum Kind {
    PROG(11),
    MAP(12),
    BTF(23),
    LINK(31);

    private final int nextId;

    Kind(int nextId) {
      this.nextId = nextId;
    }
  }

  /** One map to create; sizes in bytes, {@code btf} null for a map without BTF types. */
  public record MapAttr(
      int type,
      int keySize,
      int valueSize,
      int maxEntries,
      int flags,
      String name,
      @Nullable Fd innerMap,
      @Nullable Fd btf,
      int btfKeyType,
      int btfValueType) {

    /** A map of plain bytes. */
    public static MapAttr plain(
        int type, int keySize, int valueSize, int maxEntries, int flags, String name) {
      return new MapAttr(type, keySize, valueSize, maxEntries, flags, name, null, null, 0, 0);
    }
  }

  /**
   * One program to load.
   *
   * @param insns 8-byte instructions as the kernel wants them, map descriptors already in place
   * @param funcInfo 8-byte records, empty for none
   * @param lineInfo 16-byte records, empty for none
   */
  public record ProgAttr(
      int type,
      byte[] insns,
      String license,
      String name,
      int flags,
      @Nullable Fd btf,
      byte[] funcInfo,
      byte[] lineInfo) {}

  /** What came of a load: a descriptor, or an errno; beside it the verifier's log. */
  public record LoadResult(@Nullable Fd fd, int errno, String log) {}

  static long bpf(int command, NativeBuffer attr, int size) {
    return Syscall.BPF.call(command, attr.address(), size);
  }

  public static Fd createMap(MapAttr map) throws SysException {
    try (NativeBuffer attr = NativeBuffer.scratch(ATTR_SIZE)) {
      attr.putInt(0, map.type)
          .putInt(4, map.keySize)
          .putInt(8, map.valueSize)
          .putInt(12, map.maxEntries)
          .putInt(16, map.flags);
      if (map.innerMap != null) {
        attr.putInt(20, map.innerMap.number());
      }
      putName(attr, 28, map.name);
      if (map.btf != null) {
        attr.putInt(48, map.btf.number()).putInt(52, map.btfKeyType).putInt(56, map.btfValueType);
      }
      return new Fd(
          SysException.check(bpf(MAP_CREATE, attr, 72), "BPF_MAP_CREATE", CAP_BPF, CAP_NET_ADMIN));
    }
  }

  /** BPF_MAP_FREEZE: no more writes from user space. 0, or the errno. */
  public static int freezeMap(Fd map) {
    try (NativeBuffer attr = NativeBuffer.scratch(ATTR_SIZE)) {
      attr.putInt(0, map.number());
      long result = bpf(MAP_FREEZE, attr, 4);
      return result < 0 ? (int) -result : 0;
    }
  }

  /** Loads BTF; the data must describe every section's size and offsets already. */
  public static Fd loadBtf(byte[] data) throws SysException {
    int logSize = 1 << 16;
    try (NativeBuffer attr = NativeBuffer.scratch(ATTR_SIZE);
        NativeBuffer bytes = NativeBuffer.copyOf(data);
        NativeBuffer log = NativeBuffer.scratch(logSize)) {
      attr.putLong(0, bytes.address()).putInt(16, data.length);
      long result = bpf(BTF_LOAD, attr, 32);
      if (result < 0 && -result != Errno.EPERM) {
        attr.putLong(8, log.address()).putInt(20, logSize).putInt(24, 1);
        result = bpf(BTF_LOAD, attr, 32);
        if (result < 0) {
          String[] lines = text(log).split("\n");
          throw new SysException("BPF_BTF_LOAD", (int) -result, lines[lines.length - 1]);
        }
      }
      return new Fd(SysException.check(result, "BPF_BTF_LOAD", CAP_BPF));
    }
  }

  /**
   * Loads a program.
   *
   * @param logLevel 0 for none, 1 verifier steps of the failing path, 2 all, 4 statistics only
   * @param logSize bytes for the log; too few give {@code ENOSPC}
   * @throws SysException for a missing privilege only; other refusals are in the result
   */
  public static LoadResult loadProgram(ProgAttr prog, int logLevel, int logSize)
      throws SysException {
    try (NativeBuffer attr = NativeBuffer.scratch(ATTR_SIZE);
        NativeBuffer insns = NativeBuffer.copyOf(prog.insns);
        NativeBuffer license = cString(prog.license);
        NativeBuffer func = NativeBuffer.copyOf(prog.funcInfo);
        NativeBuffer line = NativeBuffer.copyOf(prog.lineInfo);
        NativeBuffer log = NativeBuffer.scratch(Math.max(logSize, 1))) {
      attr.putInt(0, prog.type)
          .putInt(4, prog.insns.length / 8)
          .putLong(8, insns.address())
          .putLong(16, license.address())
          .putInt(44, prog.flags);
      if (logLevel != 0) {
        attr.putInt(24, logLevel).putInt(28, logSize).putLong(32, log.address());
      }
      putName(attr, 48, prog.name);
      if (prog.btf != null) {
        attr.putInt(72, prog.btf.number())
            .putInt(76, 8)
            .putLong(80, func.address())
            .putInt(88, prog.funcInfo.length / 8)
            .putInt(92, 16)
            .putLong(96, line.address())
            .putInt(104, prog.lineInfo.length / 16);
      }
      long result = bpf(PROG_LOAD, attr, ATTR_SIZE - 8);
      // The verifier gives up its processor for a pending signal.
      for (int i = 0; result == -Errno.EAGAIN && i < 5; i++) {
        result = bpf(PROG_LOAD, attr, ATTR_SIZE - 8);
      }
      if (result == -Errno.EPERM) {
        SysException.check(result, "BPF_PROG_LOAD", CAP_BPF, CAP_NET_ADMIN, CAP_PERFMON);
      }
      String text = logLevel == 0 ? "" : text(log);
      return result < 0
          ? new LoadResult(null, (int) -result, text)
          : new LoadResult(new Fd(result), 0, text);
    }
  }

  /** The first id after {@code after}, or 0 when there is none. */
  public static int nextId(Kind kind, int after) throws SysException {
    try (NativeBuffer attr = NativeBuffer.scratch(ATTR_SIZE)) {
      attr.putInt(0, after);
      long result = bpf(kind.nextId, attr, 12);
      if (result == -Errno.ENOENT) {
        return 0;
      }
      SysException.check(result, "BPF_" + kind + "_GET_NEXT_ID", CAP_SYS_ADMIN);
      return attr.getInt(4);
    }
  }

  /**
   * The kernel's id of an object: bpf_prog_info.id and bpf_map_info.id are both the second word.
   */
  public static int id(Kind kind, Fd fd) throws SysException {
    return kind == Kind.BTF ? info(fd).getInt(12) : info(fd).getInt(4);
  }

  /** The first 256 bytes of the object's info struct (bpf_prog_info, bpf_map_info). */
  public static ByteBuffer info(Fd fd) throws SysException {
    try (NativeBuffer attr = NativeBuffer.scratch(ATTR_SIZE);
        NativeBuffer info = NativeBuffer.scratch(256)) {
      attr.putInt(0, fd.number()).putInt(4, 256).putLong(8, info.address());
      SysException.check(bpf(OBJ_GET_INFO_BY_FD, attr, 16), "BPF_OBJ_GET_INFO_BY_FD");
      return ByteBuffer.wrap(info.bytes(0, 256)).order(ByteOrder.LITTLE_ENDIAN);
    }
  }

  /** A kernel object name: at most 15 characters of {@code [A-Za-z0-9_.]}. */
  static String objectName(String name) {
    String safe = name.replaceAll("[^A-Za-z0-9_.]", "_");
    return safe.length() > NAME_MAX ? safe.substring(0, NAME_MAX) : safe;
  }

  private static void putName(NativeBuffer attr, int at, String name) {
    attr.put(at, objectName(name).getBytes(StandardCharsets.US_ASCII));
  }

  private static NativeBuffer cString(String s) {
    return NativeBuffer.copyOf((s + "\0").getBytes(StandardCharsets.UTF_8));
  }

  private static String text(NativeBuffer log) {
    int end = 0;
    int size = (int) log.size();
    while (end < size && log.getByte(end) != 0) {
      end++;
    }
    return new String(log.bytes(0, end), StandardCharsets.UTF_8);
  }
}
