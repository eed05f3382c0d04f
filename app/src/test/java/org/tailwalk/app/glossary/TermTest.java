// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.glossary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Test;

class TermTest {
  @Test
  void everyTermIsToldAndNothingElseIs() {
    assertThat(
            Arrays.stream(Term.values())
                .map(t -> t.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-')))
        .containsExactlyInAnyOrderElementsOf(
            ResourceBundle.getBundle("org.tailwalk.app.glossary.texts").keySet());
  }

  @Test
  void aTermIsFoundByItsNameInWords() {
    assertThat(Term.find(" Tail Call ")).contains(Term.TAIL_CALL);
    assertThat(Term.find("tail end")).isEmpty();
  }
}
