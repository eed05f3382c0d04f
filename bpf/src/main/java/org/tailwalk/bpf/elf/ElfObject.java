// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.elf;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.fornwall.jelf.ElfFile;
import net.fornwall.jelf.ElfRelocation;
import net.fornwall.jelf.ElfRelocationSection;
import net.fornwall.jelf.ElfSection;
import net.fornwall.jelf.ElfSectionHeader;
import net.fornwall.jelf.ElfSymbol;
import net.fornwall.jelf.ElfSymbolTableSection;

/**
 * Sections, symbols and relocations of a relocatable eBPF object, checked and taken out of the ELF
 * library, which trusts what it reads.
 */
record ElfObject(List<Section> sections, List<Symbol> symbols) {
  private static final int HEADER = 64;
  private static final int SECTION_HEADER = 64;
  private static final int SYMBOL = 24;
  private static final int RELOCATION = 16;

  /** Of {@code .bss}, which takes memory and not a byte of the file. */
  private static final int MOST_ZEROS = 16 << 20;

  /**
   * A section.
   *
   * @param size bytes; larger than {@code data} for {@code .bss}, which has no data in the file
   */
  record Section(
      int index,
      String name,
      int type,
      long flags,
      int size,
      byte[] data,
      List<Relocation> relocations) {
    boolean isCode() {
      return type == ElfSectionHeader.SHT_PROGBITS
          && (flags & ElfSectionHeader.FLAG_EXEC_INSTR) != 0;
    }
  }

  record Symbol(String name, long value, long size, int type, int binding, int section) {
    boolean isFunction() {
      return type == ElfSymbol.STT_FUNC;
    }

    boolean isSection() {
      return type == ElfSymbol.STT_SECTION;
    }

    boolean isLocal() {
      return binding == ElfSymbol.BINDING_LOCAL;
    }
  }

  /** R_BPF_… type, offset in the section in bytes, and the symbol's index. */
  record Relocation(long offset, int type, int symbol) {
    static final int R_BPF_64_64 = 1;
    static final int R_BPF_64_ABS64 = 2;
    static final int R_BPF_64_32 = 10;
  }

  Optional<Section> section(String name) {
    return sections.stream().filter(s -> s.name().equals(name)).findFirst();
  }

  List<Symbol> symbolsOf(int section) {
    return symbols.stream().filter(s -> s.section() == section && !s.isSection()).toList();
  }

  /** Symbol of a relocation. */
  Symbol symbol(Relocation relocation) throws ElfFormatException {
    if (relocation.symbol() < 0 || relocation.symbol() >= symbols.size()) {
      throw new ElfFormatException(
          "relocation at %d: symbol %d of %d"
              .formatted(relocation.offset(), relocation.symbol(), symbols.size()));
    }
    return symbols.get(relocation.symbol());
  }

  static ElfObject read(byte[] object) throws ElfFormatException {
    checkHeaders(object);
    try {
      return take(ElfFile.from(object));
    } catch (RuntimeException e) {
      // The library answers malformed tables with whatever it trips over.
      throw new ElfFormatException(
          "ELF tables: cut off or inconsistent"
              + (e instanceof NullPointerException ? "" : ": " + e.getMessage()),
          e);
    }
  }

  private static void checkHeaders(byte[] object) throws ElfFormatException {
    if (object.length < HEADER) {
      throw new ElfFormatException(
          "ELF header: %d bytes, an ELF object has at least %d; the file is empty or cut off"
              .formatted(object.length, HEADER));
    }
    ByteBuffer in = ByteBuffer.wrap(object).order(LITTLE_ENDIAN);
    if (in.getInt(0) != 0x464c457f) {
      throw new ElfFormatException(
          "ELF header: this is no ELF object (compile C with clang -O2 -g -target bpf -c)");
    }
    if (in.get(4) != ElfFile.CLASS_64 || in.get(5) != ElfFile.DATA_LSB) {
      throw new ElfFormatException(
          "ELF header: not 64-bit little endian (compile with -target bpfel)");
    }
    int machine = in.getShort(18) & 0xffff;
    if (machine != ElfFile.ARCH_BPF) {
      throw new ElfFormatException(
          "ELF header: machine %d, eBPF is %d (compile with clang -target bpf)"
              .formatted(machine, ElfFile.ARCH_BPF));
    }
    int type = in.getShort(16);
    if (type != ElfFile.ET_REL) {
      throw new ElfFormatException("ELF header: type %d, not a relocatable object".formatted(type));
    }
    checkSections(in);
  }

  private static void checkSections(ByteBuffer in) throws ElfFormatException {
    long table = in.getLong(40);
    int entry = in.getShort(58) & 0xffff;
    int count = in.getShort(60) & 0xffff;
    int names = in.getShort(62) & 0xffff;
    long programHeaders = in.getShort(56) & 0xffff;
    if (entry != SECTION_HEADER || programHeaders != 0) {
      throw new ElfFormatException(
          "ELF header: section headers of %d bytes, %d program headers"
              .formatted(entry, programHeaders));
    }
    long end = (long) count * entry;
    if (count > 0x7fff || table < HEADER || table > in.capacity() - end || names >= count) {
      throw new ElfFormatException(
          ("ELF header: %d section headers at %d, names in %d, the file has %d bytes: cut off or"
                  + " overwritten; compile or copy it again")
              .formatted(count, table, names, in.capacity()));
    }
    if (in.getInt((int) table + names * entry + 4) != ElfSectionHeader.SHT_STRTAB) {
      throw new ElfFormatException(
          "ELF header: section %d is to hold the sections' names and is no string table"
              .formatted(names));
    }
    for (int i = 0; i < count; i++) {
      int at = (int) table + i * entry;
      int type = in.getInt(at + 4);
      long offset = in.getLong(at + 24);
      long size = in.getLong(at + 32);
      int link = in.getInt(at + 40);
      long entrySize = in.getLong(at + 56);
      boolean inFile = type != ElfSectionHeader.SHT_NOBITS && type != ElfSectionHeader.SHT_NULL;
      if (size < 0 || size > Integer.MAX_VALUE / 2 || offset < 0 || !inFile && size > MOST_ZEROS) {
        throw new ElfFormatException("ELF section %d: %d bytes at %d".formatted(i, size, offset));
      }
      if (inFile && offset > in.capacity() - size) {
        throw new ElfFormatException(
            "ELF section %d: %d bytes at %d, the file has %d"
                .formatted(i, size, offset, in.capacity()));
      }
      long fixed =
          switch (type) {
            case ElfSectionHeader.SHT_SYMTAB -> SYMBOL;
            case ElfSectionHeader.SHT_REL -> RELOCATION;
            default -> 0;
          };
      if (fixed != 0 && (entrySize != fixed || size % fixed != 0 || link < 0 || link >= count)) {
        throw new ElfFormatException(
            "ELF section %d: a table of %d bytes with entries of %d".formatted(i, size, entrySize));
      }
      int linked =
          switch (type) {
            case ElfSectionHeader.SHT_SYMTAB -> ElfSectionHeader.SHT_STRTAB;
            case ElfSectionHeader.SHT_REL -> ElfSectionHeader.SHT_SYMTAB;
            default -> 0;
          };
      if (linked != 0 && in.getInt((int) table + link * entry + 4) != linked) {
        throw new ElfFormatException(
            "ELF section %d: it refers to section %d, which is not of type %d"
                .formatted(i, link, linked));
      }
      switch (type) {
        case ElfSectionHeader.SHT_RELA,
            ElfSectionHeader.SHT_DYNAMIC,
            ElfSectionHeader.SHT_DYNSYM,
            ElfSectionHeader.SHT_HASH,
            ElfSectionHeader.SHT_GNU_HASH ->
            throw new ElfFormatException(
                "ELF section %d: type %d is not used by eBPF objects".formatted(i, type));
        default -> {}
      }
    }
  }

  private static ElfObject take(ElfFile file) throws ElfFormatException {
    List<Symbol> symbols = new ArrayList<>();
    int count = file.e_shnum & 0xffff;
    List<List<Relocation>> relocations = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      relocations.add(new ArrayList<>());
    }
    for (int i = 0; i < count; i++) {
      ElfSection section = file.getSection(i);
      if (section instanceof ElfSymbolTableSection table) {
        if (!symbols.isEmpty()) {
          throw new ElfFormatException("ELF section " + i + ": a second symbol table");
        }
        for (ElfSymbol symbol : table.symbols) {
          symbols.add(symbol(file, symbol));
        }
      } else if (section instanceof ElfRelocationSection table) {
        int target = section.header.sh_info;
        if (target < 0 || target >= count) {
          throw new ElfFormatException(
              "ELF section %d: relocations of section %d".formatted(i, target));
        }
        for (ElfRelocation r : table.relocations) {
          relocations
              .get(target)
              .add(new Relocation(r.r_offset, (int) r.r_info, (int) (r.r_info >>> 32)));
        }
      }
    }
    List<Section> sections = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ElfSectionHeader header = file.getSection(i).header;
      boolean empty =
          header.sh_type == ElfSectionHeader.SHT_NULL
              || header.sh_type == ElfSectionHeader.SHT_NOBITS;
      sections.add(
          new Section(
              i,
              name(header),
              header.sh_type,
              header.sh_flags,
              header.sh_type == ElfSectionHeader.SHT_NULL ? 0 : (int) header.sh_size,
              empty ? new byte[0] : file.getSection(i).getData(),
              List.copyOf(relocations.get(i))));
    }
    return new ElfObject(List.copyOf(sections), List.copyOf(symbols));
  }

  /** The library gives null where the table of names is missing. */
  private static String name(ElfSectionHeader header) {
    String name = header.sh_type == ElfSectionHeader.SHT_NULL ? null : header.getName();
    return name == null ? "" : name;
  }

  private static Symbol symbol(ElfFile file, ElfSymbol symbol) {
    int section = symbol.st_shndx & 0xffff;
    String name = symbol.getName();
    if ((name == null || name.isEmpty())
        && symbol.getType() == ElfSymbol.STT_SECTION
        && section < (file.e_shnum & 0xffff)) {
      name = name(file.getSection(section).header);
    }
    return new Symbol(
        name == null ? "" : name,
        symbol.st_value,
        symbol.st_size,
        symbol.getType(),
        symbol.getBinding(),
        section);
  }
}
