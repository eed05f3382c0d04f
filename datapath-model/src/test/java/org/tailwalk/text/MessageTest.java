// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import org.junit.jupiter.api.Test;
import org.tailwalk.event.Verdict;
import org.tailwalk.replay.EventText;

class MessageTest {
  private static final Locale KOREAN = Locale.of("ko");
  private static final Locale CHINESE = Locale.of("zh");

  @Test
  void oneMessageIsReadInEveryLanguage() {
    Message redirected = EventText.outcome(new Verdict.Redirected(1234, 0));
    assertThat(redirected.english()).isEqualTo("redirected to ifindex 1234");
    assertThat(redirected.in(KOREAN)).isEqualTo("ifindex 1234(으)로 리다이렉트");
    assertThat(redirected.in(CHINESE)).isEqualTo("重定向到 ifindex 1234");
  }

  @Test
  void messagesInsideMessagesSpeakTheSameLanguage() {
    Message both =
        Message.of(
            "differ.both",
            Message.of("verdict.stack"),
            Message.joined("; ", List.of(Message.of("verdict.pod"), Message.plain("raw ", -137))));
    assertThat(both.english()).isEqualTo("The kernel: to stack; the model: to pod; raw -137.");
    assertThat(both.in(KOREAN)).isEqualTo("커널: 스택으로; 모델: 파드로; raw -137.");
  }

  @Test
  void aLanguageThatIsNotThereIsEnglish() {
    assertThat(Message.of("verdict.dropped").in(Locale.of("tlh"))).isEqualTo("dropped");
  }

  @Test
  void bracesInAValueStayAsTheyAre() {
    assertThat(Message.of("step.new", "policy", "{0, any, 6}").english())
        .isEqualTo("policy {0, any, 6}: new");
  }

  @Test
  void aTextThatIsNotThereIsTold() {
    assertThatThrownBy(() -> Message.of("no.such").english())
        .isInstanceOf(MissingResourceException.class);
    assertThatThrownBy(() -> Message.of("step.call").english())
        .isInstanceOf(MissingResourceException.class);
  }
}
