// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AnnotationsTest {
  private static final List<Breakpoint> ALL_KINDS =
      List.of(
          new Breakpoint(1, true, new Breakpoint.Program("2/7"), "tcp"),
          new Breakpoint(2, false, new Breakpoint.TailCall(25, Breakpoint.Outcome.MISSED), ""),
          new Breakpoint(
              3, true, new Breakpoint.MapEntry("ct_tcp4", "10.0", Breakpoint.Access.WRITE), ""),
          new Breakpoint(4, true, new Breakpoint.Conntrack("syn", "active", ""), ""),
          new Breakpoint(5, true, new Breakpoint.Conntrack("", "", "reply"), ""),
          new Breakpoint(6, true, new Breakpoint.Drop("DROP_POLICY"), ""),
          new Breakpoint(7, true, new Breakpoint.Divergence(""), ""),
          new Breakpoint(8, true, new Breakpoint.Notification("trace"), ""),
          new Breakpoint(9, true, new Breakpoint.Packet(), "ip.src == 10.0.0.1"),
          new Breakpoint(10, true, new Breakpoint.Time(1_250_000_000L), ""));

  private static Annotations full() {
    return Annotations.NONE
        .withMark(7, true)
        .withMarks(List.of(3, 9), true)
        .withReference(3, true)
        .withNote(9, 4, "here the entry goes \"wrong\"\nsecond line – ≠")
        .withNote(9, 0, "odd")
        .withBreakpoints(ALL_KINDS)
        .withFilter("tcp && ip.addr == 10.0.0.0/8")
        .withColours(List.of(new ColourRule("mine", "syn", ColourRule.Colour.PURPLE, "S", false)));
  }

  @Test
  void whatWasSaidComesBackFromJson() throws IOException {
    assertThat(AnnotationsJson.read(AnnotationsJson.write(full()))).isEqualTo(full());
    assertThat(AnnotationsJson.read(AnnotationsJson.write(Annotations.NONE)))
        .isEqualTo(Annotations.NONE);
    assertThat(ALL_KINDS.stream().map(b -> b.on().getClass()).distinct().count())
        .as("every kind of breakpoint is in the round trip")
        .isEqualTo(Breakpoint.On.class.getPermittedSubclasses().length);
    assertThat(
            AnnotationsJson.readColours(AnnotationsJson.colours(ColourRule.defaults()).toString()))
        .isEqualTo(ColourRule.defaults());
  }

  @Test
  void wrongJsonIsAnErrorThatNamesThePlace() {
    record Case(String json, String message) {}
    String good = AnnotationsJson.write(full());
    Case[] cases = {
      new Case("{", "no JSON"),
      new Case("[]", "an object is wanted"),
      new Case("{\"version\":2}", "version 2, this program knows 1"),
      new Case("{}", "version is missing"),
      new Case(good.replace("\"on\": \"drop\"", "\"on\": \"pigs\""), "none on \"pigs\""),
      new Case(good.replace("\"colour\": \"purple\"", "\"colour\": \"mauve\""), "colours[0]"),
      new Case(good.replace("\"slot\": 25", "\"slot\": \"x\""), "breakpoints[1]"),
      new Case(good.replace("\"filter\": \"tcp &", "\"flter\": \"tcp &"), ""),
      new Case(good.replace("\"marks\": [", "\"marks\": [[1],"), "marks[0]"),
    };
    for (Case c : cases) {
      if (!c.message().isEmpty()) {
        assertThatThrownBy(() -> AnnotationsJson.read(c.json()))
            .as(c.json())
            .isInstanceOf(IOException.class)
            .hasMessageContaining(c.message());
      }
    }
  }

  @Test
  void timeIsCountedFromTheLastReference() {
    Annotations said = full().withReference(8, true);
    assertThat(said.referenceFor(2)).isZero();
    assertThat(said.referenceFor(3)).isEqualTo(3);
    assertThat(said.referenceFor(7)).isEqualTo(3);
    assertThat(said.referenceFor(100)).isEqualTo(8);
    assertThat(said.withReference(8, false).referenceFor(100)).isEqualTo(3);
  }

  @Test
  void aBlankNoteIsNone() {
    assertThat(full().noteOf(9))
        .isEqualTo("odd\nstep 4: here the entry goes \"wrong\"\nsecond line – ≠");
    assertThat(full().withNote(9, 0, " ").note(9, 0)).isEmpty();
    assertThat(full().withNote(9, 4, "other").notes()).hasSize(2);
  }
}
