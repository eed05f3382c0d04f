// SPDX-License-Identifier: Apache-2.0
/**
 * Lessons: a folder with a {@code lesson.md} that tells a story about a capture, asks the learner
 * to predict, and then plays. {@link org.tailwalk.app.lesson.LessonReader} reads one, {@link
 * org.tailwalk.app.lesson.LessonChecker} holds every figure in it against the replay, and the
 * view-model walks a learner through it. docs/lessons.md tells authors how to write one. The same
 * lesson in another language is a file beside it: {@link org.tailwalk.app.lesson.Translations}.
 *
 * <p>To add a kind of question: a record of {@link org.tailwalk.app.lesson.Question}, its lines in
 * {@link org.tailwalk.app.lesson.QuestionReader}, its controls in the view. To add a word to the
 * checks: {@link org.tailwalk.app.lesson.Facts}.
 */
@NullMarked
package org.tailwalk.app.lesson;

import org.jspecify.annotations.NullMarked;
