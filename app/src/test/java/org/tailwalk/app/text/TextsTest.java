// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tailwalk.app.transport.TransportView;

final class TextsTest {
  private final Locale before = Locale.getDefault();

  @AfterEach
  void speakAsBefore() {
    Locale.setDefault(before);
  }

  private static String length(int packet) {
    return Texts.of(TransportView.class).get("text", packet, 7, "1 / 2", "0.000001");
  }

  @Test
  void formatsAreReadOncePerLanguage() {
    Locale.setDefault(Locale.ENGLISH);
    Texts english = Texts.of(TransportView.class);
    assertThat(Texts.of(TransportView.class)).isSameAs(english);
    String inEnglish = length(3);
    Locale.setDefault(Locale.KOREAN);
    assertThat(Texts.of(TransportView.class)).isNotSameAs(english);
    assertThat(length(3)).isNotEqualTo(inEnglish);
    Locale.setDefault(Locale.ENGLISH);
    assertThat(length(3)).isEqualTo(inEnglish);
  }

  @Test
  void manyThreadsFillPlacesAtOnce() {
    Locale.setDefault(Locale.ENGLISH);
    List<String> one = IntStream.range(0, 5_000).mapToObj(TextsTest::length).toList();
    List<String> many = IntStream.range(0, 5_000).parallel().mapToObj(TextsTest::length).toList();
    assertThat(many).isEqualTo(one);
  }
}
