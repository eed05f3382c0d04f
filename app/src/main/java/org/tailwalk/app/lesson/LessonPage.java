// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.lesson;

import java.util.List;
import org.commonmark.node.Node;
import org.jspecify.annotations.Nullable;

/**
 * One page: a story, perhaps a question, and what is told once it is answered.
 *
 * @param line where its heading stands in the file
 * @param scene what is replayed
 * @param shot where the window stands while the page is read; null to leave it where it is
 * @param story Markdown blocks before the question, or all of them without one
 * @param question null when the page only tells
 * @param play where the window goes when the answer is given; null to stay
 * @param reveal Markdown blocks behind the question: hidden until it is answered
 * @param checks what must hold in the replay
 * @param links the pointers that the text links to
 */
public record LessonPage(
    String title,
    int line,
    LessonScene scene,
    @Nullable Shot shot,
    List<Node> story,
    @Nullable Question question,
    @Nullable Shot play,
    List<Node> reveal,
    List<Check> checks,
    List<LinkedShot> links) {
  /**
   * A packet and one of its steps.
   *
   * @param packet 1-based; 0 for the packet that is shown
   * @param line where it is written
   */
  public record Shot(int packet, StepPointer step, int line) {}

  /**
   * A pointer in the text.
   *
   * @param hidden whether it stands behind the question
   */
  public record LinkedShot(Shot shot, boolean hidden) {}

  /** Keeps its own copies. */
  public LessonPage {
    story = List.copyOf(story);
    reveal = List.copyOf(reveal);
    checks = List.copyOf(checks);
    links = List.copyOf(links);
  }
}
