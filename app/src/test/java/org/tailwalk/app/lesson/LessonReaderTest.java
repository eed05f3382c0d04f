// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LessonReaderTest {
  private static final Path FILE = Path.of("lessons", "one", "lesson.md");
  private static final Path SHELF = Path.of("..", "samples", "lessons");

  private static final String HEAD =
      """
      ---
      title: One
      capture: ../../http/capture.pcap
      minutes: 5
      learn:
      - this
      - that
      ---
      """;

  private static final String PAGE =
      """
      Hello.

      ## A page

      ```show
      packet: 3
      step: enter tail_handle_ipv4
      ```

      A story with a [link](packet:4/2).

      ```ask number
      How many?
      = 6
      ! 7 -- One less.
      ! * -- Count
        again.
      ? packet 3 tailcalls
      ```

      ```show
      play: end
      ```

      The [reveal](packet:5).

      ```check
      packet 3 verdict == TO_STACK
      kernel: packets 1-3 has "enter x"
      # a remark
      capture packets >= 30
      ```
      """;

  private static Lesson read(String text) throws LessonException {
    return LessonReader.read(FILE, text);
  }

  @Test
  void storyQuestionAndRevealAreKeptApart() throws LessonException {
    Lesson lesson = read(HEAD + PAGE);
    assertThat(lesson.id()).isEqualTo("one");
    assertThat(lesson.learn()).containsExactly("this", "that");
    assertThat(lesson.pages()).extracting(LessonPage::title).containsExactly("One", "A page");
    LessonPage page = lesson.pages().get(1);
    assertThat(page.story()).hasSize(1);
    assertThat(page.reveal()).hasSize(1);
    assertThat(page.shot())
        .isEqualTo(new LessonPage.Shot(3, new StepPointer.Worded("enter tail_handle_ipv4"), 13));
    assertThat(page.play()).isEqualTo(new LessonPage.Shot(3, new StepPointer.End(), 29));
    assertThat(page.links())
        .extracting(l -> l.shot().packet() + " " + l.hidden())
        .containsExactly("4 false", "5 true");
    assertThat(page.checks())
        .extracting(Check::path)
        .containsExactly("verdict", "steps", "packets");
    assertThat(page.scene().capture().toString()).endsWith("/http/capture.pcap");
  }

  @Test
  void aSceneHoldsForItsPageAlone() throws LessonException {
    Lesson lesson =
        read(
            HEAD
                + """
                ## Other

                ```show
                packet: 1
                datapath: bundled:pr25426
                ```

                Text.

                ## Back

                Text.
                """);
    assertThat(lesson.pages().get(0).scene().datapath()).hasToString("bundled:pr25426");
    assertThat(lesson.pages().get(1).scene().datapath()).isNull();
  }

  @Test
  void answersAreJudgedAndWrongOnesGetTheirReason() throws LessonException {
    Question number = read(HEAD + PAGE).pages().get(1).question();
    assertThat(number).isNotNull();
    assertThat(number.judge(" 6 ")).isEqualTo(new Question.Verdict(true, ""));
    assertThat(number.judge("6.0").right()).isTrue();
    assertThat(number.judge("7")).isEqualTo(new Question.Verdict(false, "One less."));
    assertThat(number.judge("six")).isEqualTo(new Question.Verdict(false, "Count again."));
  }

  @Test
  void numbersMayHaveSignsAndThousands() {
    assertThat(Question.number("21,600")).hasValueSatisfying(n -> assertThat(n).isEqualTo("21600"));
    assertThat(Question.number("−137")).hasValueSatisfying(n -> assertThat(n).isEqualTo("-137"));
    assertThat(Question.number("1e9")).isEmpty();
    assertThat(Question.number("")).isEmpty();
  }

  private record Bad(String text, int line, String cause) {
    @Override
    public String toString() {
      return cause;
    }
  }

  static List<Bad> mistakes() {
    String ask = "## P\n\n```show\npacket: 1\n```\n\nText.\n\n```ask choice\n%s\n```\n";
    return List.of(
        new Bad("Hello", 1, "the head is missing"),
        new Bad("---\ntitle: x", 1, "the head does not end"),
        new Bad("---\ntitle: x\nminutes: 3\n---\n", 1, "the head names no capture"),
        new Bad("---\ntitel: x\n---\n", 2, "unknown key \"titel\"; there are title, capture"),
        new Bad(HEAD, 9, "the lesson has no page"),
        new Bad(HEAD + "# Big\n", 9, "# is not used"),
        new Bad(HEAD + "## P\n", 9, "tells nothing before it asks"),
        new Bad(
            HEAD + "## P\n\nText.\n\n```check\npacket 1 colour == red\n```\n",
            14,
            "unknown path \"colour\""),
        new Bad(
            HEAD + "## P\n\nText.\n\n```check\npacket 1 passes ip.scr == 1\n```\n",
            14,
            "there is no field \"ip.scr\""),
        new Bad(
            HEAD + "## P\n\nText.\n\n```check\nframe 1\n```\n", 14, "a check begins with packet N"),
        new Bad(HEAD + "## P\n\n```show\npacket: 0\n```\n\nText.\n", 12, "a number from 1 on"),
        new Bad(HEAD + "## P\n\n```show\nstep: 3\n```\n\nText.\n", 11, "which packet?"),
        new Bad(
            HEAD + "## P\n\n```show\npacket: 1\ndatapath: /tmp/x.o\n```\n\nText.\n",
            13,
            "never loaded without asking"),
        new Bad(HEAD + "## P\n\nSee [x](packet:nine).\n", 11, "a link to a packet reads"),
        new Bad(
            HEAD + ask.formatted("What?\n(x) a\n( ) b\n? packet 1 verdict == DROPPED"),
            20,
            "a wrong answer needs a reason"),
        new Bad(
            HEAD + ask.formatted("What?\n( ) a -- no\n( ) b -- no\n? packet 1 verdict == DROPPED"),
            17,
            "one (x); here are 0"),
        new Bad(
            HEAD + ask.formatted("What?\n(x) a\n( ) b -- no"),
            17,
            "needs a line that proves its answer"),
        new Bad(
            HEAD + "## P\n\nText.\n\n```ask words\nWhat?\n= x\n! * -- no\n? packet 1 ct\n```\n",
            9,
            "asks without showing where"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeIsNamedWithItsFileAndLine(Bad bad) {
    assertThatThrownBy(() -> read(bad.text()))
        .isInstanceOf(LessonException.class)
        .hasMessageStartingWith("read lesson: " + FILE + ":" + bad.line() + ": ")
        .hasMessageContaining(bad.cause());
  }

  @Test
  void whateverStandsInAFileGivesALessonOrADocumentedError() throws IOException {
    List<String> corpus = new ArrayList<>(List.of(HEAD + PAGE));
    try (Stream<Path> all = Files.walk(SHELF)) {
      for (Path file : all.filter(f -> f.endsWith(LessonReader.FILE)).toList()) {
        corpus.add(Files.readString(file));
      }
    }
    assertThat(corpus).hasSizeGreaterThan(8);
    Random dice = new Random(9);
    int read = 0;
    int refused = 0;
    for (int round = 0; round < 1500; round++) {
      try {
        read(broken(corpus.get(round % corpus.size()), dice));
        read++;
      } catch (LessonException e) {
        assertThat(e.getMessage()).startsWith("read lesson: " + FILE);
        refused++;
      }
    }
    assertThat(read).isPositive();
    assertThat(refused).isPositive();
  }

  private static String broken(String text, Random dice) {
    String odd = "`-#|=!?()[]\n\u0000\u20ac: 9999999999";
    StringBuilder broken = new StringBuilder(text);
    for (int i = 1 + dice.nextInt(12); i > 0; i--) {
      int at = dice.nextInt(broken.length());
      switch (dice.nextInt(4)) {
        case 0 -> broken.setCharAt(at, odd.charAt(dice.nextInt(odd.length())));
        case 1 -> broken.insert(at, odd, 0, 1 + dice.nextInt(odd.length()));
        case 2 -> broken.delete(at, Math.min(broken.length() - 1, at + dice.nextInt(80)));
        default -> broken.insert(at, text, dice.nextInt(text.length()), text.length());
      }
    }
    return broken.toString();
  }
}
