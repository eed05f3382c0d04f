// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.lesson;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.capture.CaptureException;
import org.tailwalk.app.lesson.Check.Operator;
import org.tailwalk.app.lesson.LessonPage.LinkedShot;
import org.tailwalk.app.lesson.LessonPage.Shot;
import org.tailwalk.app.session.Lanes;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.scenario.ScenarioException;

/**
 * Holds a lesson against the replay: its checks, its answers, and where it points. What one lesson
 * shows is kept for the next: its translations show the same. Used by one thread.
 */
public final class LessonChecker {
  private final Lanes lanes;
  private final boolean fallBack;
  private final Glossary glossary;
  private final Map<LessonScene, SceneReplay> replays = new HashMap<>();

  /**
   * With the lanes to replay in.
   *
   * @param fallBack whether the model alone will do where the kernel engine refuses
   * @param glossary the terms that a text may link to
   */
  public LessonChecker(Lanes lanes, boolean fallBack, Glossary glossary) {
    this.lanes = lanes;
    this.fallBack = fallBack;
    this.glossary = glossary;
  }

  /**
   * Something that does not hold.
   *
   * @param line in the lesson's file
   */
  public record Problem(int line, String text) {}

  /**
   * What came of it.
   *
   * @param problems what does not hold, in the file's order
   * @param divergences packets in which lanes of one era differ: the lesson is not to blame
   * @param held how many checks, answers and pointers hold
   * @param skipped how many could not be tried, for want of a lane
   * @param kernel whether a kernel lane ran
   * @param model whether the model ran
   */
  public record Result(
      List<Problem> problems,
      List<Problem> divergences,
      int held,
      int skipped,
      boolean kernel,
      boolean model) {
    /** Keeps its own copies. */
    public Result {
      problems = List.copyOf(problems);
      divergences = List.copyOf(divergences);
    }
  }

  /** The state of one lesson's checking. */
  private static final class Tally {
    final List<Problem> problems = new ArrayList<>();
    final List<Problem> divergences = new ArrayList<>();
    int held;
    int skipped;

    void say(int line, String text) {
      problems.add(new Problem(line, text));
    }
  }

  /**
   * Checks a lesson.
   *
   * @throws CaptureException when a capture it names can't be read
   * @throws ScenarioException when a scenario is not one
   * @throws ReplayException when a lane can't be opened or can't go on
   */
  public Result check(Lesson lesson)
      throws CaptureException, ScenarioException, ReplayException, InterruptedException {
    Tally tally = new Tally();
    Set<LessonScene> seen = new HashSet<>();
    replays
        .keySet()
        .retainAll(lesson.pages().stream().map(LessonPage::scene).collect(Collectors.toSet()));
    boolean kernel = false;
    boolean model = false;
    for (LessonPage page : lesson.pages()) {
      SceneReplay replay = replays.get(page.scene());
      if (replay == null) {
        replay = SceneReplay.run(page.scene(), lanes, fallBack);
        replays.put(page.scene(), replay);
      }
      if (seen.add(page.scene())) {
        for (PacketReplay packet : replay.unmeant()) {
          tally.divergences.add(
              new Problem(
                  page.line(),
                  "packet %d: the lanes differ though both are of one era: %s"
                      .formatted(packet.number(), String.valueOf(packet.divergence()))));
        }
      }
      kernel |= replay.ran(Check.Lane.KERNEL);
      model |= replay.ran(Check.Lane.MODEL);
      page(page, replay, tally);
    }
    tally.problems.sort(Comparator.comparingInt(Problem::line));
    return new Result(tally.problems, tally.divergences, tally.held, tally.skipped, kernel, model);
  }

  private void page(LessonPage page, SceneReplay replay, Tally tally) {
    pointer(page.shot(), replay, tally);
    pointer(page.play(), replay, tally);
    for (LinkedShot link : page.links()) {
      pointer(link.shot(), replay, tally);
    }
    Shot before = page.shot();
    Shot after = page.play();
    if (before != null && after != null && before.packet() == after.packet()) {
      order(before, after, replay, tally);
    }
    for (Check check : page.checks()) {
      check(check, replay, tally);
    }
    Question question = page.question();
    if (question != null) {
      answer(question, replay, tally);
    }
    List<Node> blocks = new ArrayList<>(page.story());
    blocks.addAll(page.reveal());
    for (Node block : blocks) {
      terms(block, page.line(), tally);
    }
  }

  private static void pointer(@Nullable Shot shot, SceneReplay replay, Tally tally) {
    if (shot == null || shot.packet() == 0) {
      return;
    }
    Optional<PacketReplay> packet = replay.packet(shot.packet());
    if (packet.isEmpty()) {
      tally.say(
          shot.line(),
          "points at packet %d; the capture has %d".formatted(shot.packet(), replay.size()));
    } else if (shot.step().row(packet.get()).isEmpty()) {
      tally.say(
          shot.line(),
          "points at step \"%s\" of packet %d, which has no such step (it has %d)"
              .formatted(shot.step().text(), shot.packet(), packet.get().rows().size()));
    } else {
      tally.held++;
    }
  }

  /** What is revealed must lie behind what was shown. */
  private static void order(Shot before, Shot after, SceneReplay replay, Tally tally) {
    replay
        .packet(before.packet())
        .ifPresent(packet -> {
          int from = before.step().row(packet).orElse(0);
          int to = after.step().row(packet).orElse(from);
          if (to < from) {
            tally.say(
                after.line(),
                "plays back from step %d to step %d: the page shows the answer before it asks"
                    .formatted(from + 1, to + 1));
          }
        });
  }

  private static void check(Check check, SceneReplay replay, Tally tally) {
    List<Check.Lane> where = replay.lanes(check.lane());
    boolean divergence = check.path().startsWith("diverg");
    if (where.isEmpty()
        || divergence && !(replay.ran(Check.Lane.KERNEL) && replay.ran(Check.Lane.MODEL))) {
      tally.skipped++;
      return;
    }
    List<Problem> found = new ArrayList<>();
    Set<Check.Lane> failing = EnumSet.noneOf(Check.Lane.class);
    for (Check.Lane lane : where) {
      for (int packet = check.first(); packet <= check.last(); packet++) {
        String wrong = wrong(check, replay, lane, packet);
        if (!wrong.isEmpty()) {
          failing.add(lane);
          found.add(
              new Problem(
                  check.line(),
                  "does not hold: %s: %s in the %s lane"
                      .formatted(check.text(), wrong, name(lane))));
        }
      }
    }
    boolean other = failing.size() == 1 && where.size() > 1;
    for (Problem problem : found) {
      tally.problems.add(
          other
              ? new Problem(
                  problem.line(),
                  problem.text()
                      + "; it holds in the other one: say \"%s: ...\" if that is the one you mean"
                          .formatted(
                              name(
                                  where.stream()
                                      .filter(l -> !failing.contains(l))
                                      .findFirst()
                                      .orElseThrow())))
              : problem);
    }
    boolean good = found.isEmpty();
    if (good) {
      tally.held++;
    }
  }

  private static String name(Check.Lane lane) {
    return lane.name().toLowerCase(Locale.ROOT);
  }

  /** Why a check does not hold; empty when it does. */
  private static String wrong(Check check, SceneReplay replay, Check.Lane lane, int packet) {
    if (packet > replay.size()) {
      return "the capture has %d packets".formatted(replay.size());
    }
    String at = check.last() > check.first() ? "packet " + packet + " " : "";
    if (check.operator() == Operator.HAS || check.operator() == Operator.LACKS) {
      String words = StepPointer.plain(check.value());
      boolean says = replay.lines(lane, packet).stream().anyMatch(l -> l.contains(words));
      return says == (check.operator() == Operator.HAS)
          ? ""
          : at + (says ? "a step says so" : "no step says so");
    }
    if (check.operator() == Operator.PASSES || check.operator() == Operator.FAILS) {
      boolean passes = replay.passes(packet, check.value());
      return passes == (check.operator() == Operator.PASSES)
          ? ""
          : at + (passes ? "the filter lets it pass" : "the filter keeps it out");
    }
    List<String> values = replay.values(lane, packet, check.path());
    if (values == null) {
      return at + "was not run";
    }
    if (values.isEmpty()) {
      return at + "has no " + check.path();
    }
    boolean negative = check.operator() == Operator.IS_NOT;
    boolean holds =
        negative
            ? values.stream().noneMatch(v -> same(v, check.value()))
            : values.stream().anyMatch(v -> holds(check.operator(), v, check.value()));
    return holds ? "" : at + "is " + String.join(" or ", values);
  }

  private static boolean holds(Operator operator, String value, String wanted) {
    if (operator == Operator.CONTAINS) {
      return StepPointer.plain(value).contains(StepPointer.plain(wanted));
    }
    if (operator == Operator.IS) {
      return same(value, wanted);
    }
    Optional<BigDecimal> a = Question.number(value);
    Optional<BigDecimal> b = Question.number(wanted);
    if (a.isEmpty() || b.isEmpty()) {
      return false;
    }
    int order = a.get().compareTo(b.get());
    return switch (operator) {
      case AT_LEAST -> order >= 0;
      case AT_MOST -> order <= 0;
      case ABOVE -> order > 0;
      case BELOW -> order < 0;
      case IS, IS_NOT, CONTAINS, HAS, LACKS, PASSES, FAILS -> false;
    };
  }

  private static boolean same(String value, String wanted) {
    Optional<BigDecimal> a = Question.number(value);
    Optional<BigDecimal> b = Question.number(wanted);
    if (a.isPresent() && b.isPresent()) {
      return a.get().compareTo(b.get()) == 0;
    }
    return StepPointer.plain(value).equalsIgnoreCase(StepPointer.plain(wanted));
  }

  private static void answer(Question question, SceneReplay replay, Tally tally) {
    Question.Proof proof = question.proof();
    if (proof.check() != null) {
      check(proof.check(), replay, tally);
      return;
    }
    Question.Path path = proof.path();
    if (path == null) {
      return;
    }
    List<Check.Lane> where = replay.lanes(path.lane());
    if (where.isEmpty()) {
      tally.skipped++;
      return;
    }
    boolean good = true;
    for (Check.Lane lane : where) {
      List<String> values = replay.values(lane, path.packet(), path.path());
      boolean right = values != null && values.stream().anyMatch(v -> question.judge(v).right());
      if (!right) {
        good = false;
        tally.say(
            path.line(),
            "the answer \"%s\" is not what the replay says: %s in the %s lane"
                .formatted(
                    question.answer(),
                    values == null || values.isEmpty() ? "nothing" : String.join(" or ", values),
                    lane.name().toLowerCase(Locale.ROOT)));
      }
    }
    if (good) {
      tally.held++;
    }
  }

  private void terms(Node block, int line, Tally tally) {
    block.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Text words) {
            // Markdown takes a target with blanks for plain text, and the reader would see it all.
            if (words.getLiteral().contains("](")) {
              tally.say(
                  line,
                  "is no link: \"%s\"; a target with blanks stands in <>: [tail call](<term:tail call>)"
                      .formatted(words.getLiteral().strip()));
            }
          }

          @Override
          public void visit(Link link) {
            String to = String.valueOf(link.getDestination());
            if (to.startsWith("term:")) {
              String term = to.substring(5).replace("%20", " ");
              if (glossary.find(term).isEmpty()) {
                tally.say(
                    line,
                    "links to the term \""
                        + term
                        + "\", which neither the terms.md beside the lesson's folder tells nor"
                        + " Tailwalk's own");
              } else {
                tally.held++;
              }
            } else if (!to.startsWith("packet:") && !to.startsWith("https://")) {
              tally.say(line, "links to \"" + to + "\"; there are packet:, term: and https:");
            }
            visitChildren(link);
          }
        });
  }
}
