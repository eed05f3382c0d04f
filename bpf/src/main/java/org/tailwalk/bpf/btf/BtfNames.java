// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.btf;

/** Types by their names in C. */
public final class BtfNames {
  private static final int DEEPEST = 32;

  private BtfNames() {}

  /** The kind in words. */
  static String kind(BtfType type) {
    return switch (type) {
      case BtfType.Int _ -> "integer";
      case BtfType.Pointer _ -> "pointer";
      case BtfType.Array _ -> "array";
      case BtfType.Composite c -> c.union() ? "union" : "struct";
      case BtfType.Enumeration _ -> "enum";
      case BtfType.Forward _ -> "forward declaration";
      case BtfType.Typedef _ -> "typedef";
      case BtfType.Modifier _ -> "qualifier";
      case BtfType.TypeTag _ -> "type tag";
      case BtfType.Function _ -> "function";
      case BtfType.Prototype _ -> "function prototype";
      case BtfType.Variable _ -> "variable";
      case BtfType.DataSection _ -> "data section";
      case BtfType.Floating _ -> "floating-point number";
      case BtfType.DeclTag _ -> "declaration tag";
    };
  }

  /** The type as C writes it, for instance {@code struct ipv4_ct_tuple *}. */
  public static String inC(Btf btf, int id) {
    return inC(btf, id, 0);
  }

  private static String inC(Btf btf, int id, int depth) {
    if (id == 0) {
      return "void";
    }
    BtfType type = depth > DEEPEST ? null : btf.type(id).orElse(null);
    return switch (type) {
      case null -> "?";
      case BtfType.Int t -> t.name().text();
      case BtfType.Floating t -> t.name().text();
      case BtfType.Pointer t -> inC(btf, t.target(), depth + 1) + " *";
      case BtfType.Array t ->
          inC(btf, t.element(), depth + 1) + "[" + Integer.toUnsignedString(t.count()) + "]";
      case BtfType.Composite t -> tagged(t.union() ? "union" : "struct", t.name().text());
      case BtfType.Enumeration t -> tagged("enum", t.name().text());
      case BtfType.Forward t -> tagged(t.union() ? "union" : "struct", t.name().text());
      case BtfType.Typedef t -> t.name().text();
      case BtfType.Modifier t ->
          switch (t.qualifier()) {
                case CONST -> "const ";
                case VOLATILE -> "volatile ";
                case RESTRICT -> "restrict ";
              }
              + inC(btf, t.target(), depth + 1);
      case BtfType.TypeTag t -> inC(btf, t.target(), depth + 1);
      case BtfType.Function t -> t.name().text() + "()";
      case BtfType.Prototype t -> inC(btf, t.returns(), depth + 1) + " ()";
      case BtfType.Variable t -> inC(btf, t.type(), depth + 1) + " " + t.name().text();
      case BtfType.DataSection t -> t.name().text();
      case BtfType.DeclTag t -> inC(btf, t.target(), depth + 1);
    };
  }

  private static String tagged(String keyword, String name) {
    return keyword + " " + (name.isEmpty() ? "{…}" : name);
  }
}
