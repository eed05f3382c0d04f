// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.insn;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Turns each element of code into none, one or several. */
@FunctionalInterface
public interface CodeTransform {
  void accept(CodeElement element, Consumer<CodeElement> out);

  /** Changes nothing. */
  static CodeTransform identity() {
    return (element, out) -> out.accept(element);
  }

  /** This, then the other on what this gave. */
  default CodeTransform andThen(CodeTransform next) {
    return (element, out) -> accept(element, changed -> next.accept(changed, out));
  }

  default List<CodeElement> apply(List<CodeElement> code) {
    List<CodeElement> result = new ArrayList<>(code.size());
    code.forEach(element -> accept(element, result::add));
    return result;
  }
}
