// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.btf;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Section {@code .BTF.ext}: function types and source lines by section.
 *
 * @param functions ELF section → its functions
 * @param lines ELF section → its lines
 * @param coreRelocations number of CO-RE relocations
 */
public record BtfExt(
    Map<String, List<FunctionInfo>> functions,
    Map<String, List<LineInfo>> lines,
    int coreRelocations) {
  /**
   * A function's type.
   *
   * @param offset bytes from the section's beginning
   * @param type id of the BTF function
   */
  public record FunctionInfo(int offset, int type) {}

  /**
   * The source line of the instruction at an offset.
   *
   * @param offset bytes from the section's beginning
   * @param file string offset of the file's name
   * @param text string offset of the line's text
   */
  public record LineInfo(int offset, int file, int text, int line, int column) {}

  public static BtfExt none() {
    return new BtfExt(Map.of(), Map.of(), 0);
  }

  /** Reads the section; string offsets are checked against {@code btf}. */
  public static BtfExt parse(byte[] section, Btf btf) throws BtfFormatException {
    if (section.length < BtfReader.HEADER) {
      throw new BtfFormatException(
          ".BTF.ext header: %d bytes, %d are needed".formatted(section.length, BtfReader.HEADER));
    }
    ByteBuffer in = ByteBuffer.wrap(section).order(LITTLE_ENDIAN);
    if ((in.getShort(0) & 0xffff) != BtfReader.MAGIC || in.get(2) != 1) {
      throw new BtfFormatException(".BTF.ext header: wrong magic or version");
    }
    int header = in.getInt(4);
    Map<String, List<FunctionInfo>> functions = new LinkedHashMap<>();
    records(
        BtfReader.slice(in, "func_info", header, in.getInt(8), in.getInt(12)),
        "func_info",
        8,
        btf,
        (name, r) ->
            functions
                .computeIfAbsent(name, _ -> new ArrayList<>())
                .add(new FunctionInfo(r.getInt(), r.getInt())));
    Map<String, List<LineInfo>> lines = new LinkedHashMap<>();
    records(
        BtfReader.slice(in, "line_info", header, in.getInt(16), in.getInt(20)),
        "line_info",
        16,
        btf,
        (name, r) -> {
          int offset = r.getInt();
          int file = r.getInt();
          int text = r.getInt();
          int place = r.getInt();
          btf.string(file);
          btf.string(text);
          lines
              .computeIfAbsent(name, _ -> new ArrayList<>())
              .add(new LineInfo(offset, file, text, place >>> 10, place & 0x3ff));
        });
    int[] core = {0};
    if (header >= 32 && section.length >= 32) {
      records(
          BtfReader.slice(in, "core_relo", header, in.getInt(24), in.getInt(28)),
          "core_relo",
          16,
          btf,
          (_, _) -> core[0]++);
    }
    return new BtfExt(functions, lines, core[0]);
  }

  private interface RecordSink {
    void accept(String section, ByteBuffer record) throws BtfFormatException;
  }

  private static void records(ByteBuffer in, String what, int least, Btf btf, RecordSink sink)
      throws BtfFormatException {
    if (!in.hasRemaining()) {
      return;
    }
    int size = in.remaining() < 4 ? -1 : in.getInt();
    if (size < least || size > 1024) {
      throw new BtfFormatException(
          ".BTF.ext %s: records of %d bytes, at least %d expected".formatted(what, size, least));
    }
    while (in.hasRemaining()) {
      if (in.remaining() < 8) {
        throw new BtfFormatException(".BTF.ext " + what + ": cut off");
      }
      String name = btf.string(in.getInt());
      long count = Integer.toUnsignedLong(in.getInt());
      if (count * size > in.remaining()) {
        throw new BtfFormatException(
            ".BTF.ext %s of section \"%s\": %d records do not fit".formatted(what, name, count));
      }
      for (long i = 0; i < count; i++) {
        sink.accept(name, in.slice(in.position(), size).order(LITTLE_ENDIAN));
        in.position(in.position() + size);
      }
    }
  }
}
