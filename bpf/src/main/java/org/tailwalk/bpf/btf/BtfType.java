// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.btf;

import java.util.List;

/**
 * A BTF type. References are type ids; id 0 is void. Names carry their place in the string section
 * because line info and other tools refer to it.
 */
public sealed interface BtfType {
  /** An integer; {@code encoding} 1 signed, 2 char, 4 bool. */
  record Int(BtfName name, int size, int encoding, int bitOffset, int bits) implements BtfType {
    public boolean isSigned() {
      return (encoding & 1) != 0;
    }

    public boolean isBool() {
      return (encoding & 4) != 0;
    }
  }

  record Pointer(int target) implements BtfType {}

  record Array(int element, int index, int count) implements BtfType {}

  /**
   * A struct or union of {@code size} bytes.
   *
   * @param bitfields whether members' offsets carry bit-field sizes (BTF's kind_flag)
   */
  record Composite(BtfName name, boolean union, int size, boolean bitfields, List<Member> members)
      implements BtfType {
    public Composite {
      members = List.copyOf(members);
    }
  }

  /** An enum of {@code size} bytes; {@code wide} is ENUM64. */
  record Enumeration(BtfName name, int size, boolean signed, boolean wide, List<EnumValue> values)
      implements BtfType {
    public Enumeration {
      values = List.copyOf(values);
    }
  }

  record Forward(BtfName name, boolean union) implements BtfType {}

  record Typedef(BtfName name, int target) implements BtfType {}

  /** const, volatile or restrict. */
  record Modifier(Qualifier qualifier, int target) implements BtfType {}

  record TypeTag(BtfName name, int target) implements BtfType {}

  /** A function; {@code linkage} 0 static, 1 global, 2 extern. */
  record Function(BtfName name, int prototype, int linkage) implements BtfType {}

  record Prototype(int returns, List<Parameter> parameters) implements BtfType {
    public Prototype {
      parameters = List.copyOf(parameters);
    }
  }

  /** A variable; {@code linkage} 0 static, 1 global, 2 extern. */
  record Variable(BtfName name, int type, int linkage) implements BtfType {}

  /** A section's variables in order of their offsets. */
  record DataSection(BtfName name, int size, List<Placed> variables) implements BtfType {
    public DataSection {
      variables = List.copyOf(variables);
    }
  }

  record Floating(BtfName name, int size) implements BtfType {}

  record DeclTag(BtfName name, int target, int component) implements BtfType {}

  /** A name and its offset in the string section; empty at offset 0. */
  record BtfName(int offset, String text) {
    @Override
    public String toString() {
      return text;
    }
  }

  /**
   * Member of a composite.
   *
   * @param placement bits from the beginning; with {@code bitfields}, bits 24 to 31 are the
   *     bit-field's size
   */
  record Member(BtfName name, int type, int placement) {}

  record EnumValue(BtfName name, long value) {}

  record Parameter(BtfName name, int type) {}

  /** A variable (type id of a Variable) in a section. */
  record Placed(int variable, int offset, int size) {}

  /** What a Modifier adds. */
  enum Qualifier {
    VOLATILE,
    CONST,
    RESTRICT
  }
}
