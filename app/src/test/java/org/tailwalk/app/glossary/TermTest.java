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

  @Test
  void namesOfMapsAndFieldsLeadToTheirTerms() {
    assertThat(Term.of("ct_tcp4 10.0.0.1:1 -> 10.0.0.2:2")).contains(Term.CONNTRACK);
    assertThat(Term.of("src_label")).contains(Term.IDENTITY);
    assertThat(Term.of("cb[1]: 0x0 -> 0xc")).contains(Term.CB);
    assertThat(Term.of("len_orig")).isEmpty();
  }
}
