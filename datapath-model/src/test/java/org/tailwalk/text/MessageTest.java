// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import org.junit.jupiter.api.Test;
import org.tailwalk.event.Verdict;
import org.tailwalk.replay.EventText;
import org.tailwalk.scenario.ScenarioException;
import org.tailwalk.scenario.ScenarioJson;

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

  @Test
  void aNoteThatIsReadBackSpeaksEveryLanguage() {
    Message note = Message.of("inferred.pod", "pod", "10.0.0.11");
    assertThat(Message.recognized("inferred.", note.english())).isEqualTo(note);
    assertThat(Message.recognized("inferred.", Message.of("inferred.no-policy").english()))
        .isEqualTo(Message.of("inferred.no-policy"));
    assertThat(Message.recognized("inferred.", "a remark of the user's").in(Locale.KOREAN))
        .isEqualTo("a remark of the user's");
  }

  @Test
  void whatIsWrongWithAScenarioIsToldInTheReadersLanguage() {
    for (String broken :
        List.of("", "[]", "{\"version\": 1, \"nothing\": 2}", "{\"version\": 99}", "{} {}")) {
      ScenarioException e =
          catchThrowableOfType(ScenarioException.class, () -> ScenarioJson.parse("s.json", broken));
      assertThat(e.told().english()).isEqualTo(e.getMessage()).startsWith("s.json:");
      for (Locale language : List.of(Locale.KOREAN, Locale.CHINESE)) {
        assertThat(e.told().in(language).codePoints()).as(broken).anyMatch(c -> c >= 0x2E80);
      }
    }
  }
}
