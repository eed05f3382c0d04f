// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import java.nio.file.Path;
import org.tailwalk.app.lesson.LessonProgress;
import org.tailwalk.app.prefs.PreferenceStore;
import org.tailwalk.app.saving.Autosave;

/**
 * What is the user's own.
 *
 * @param preferences that the window remembers
 * @param autosave keeps what was said and not saved
 * @param lessons how far the lessons were read
 * @param reports folder for reports of our faults
 * @param copies folder for objects that are taken out of sessions
 */
public record UserData(
    PreferenceStore preferences,
    Autosave autosave,
    LessonProgress lessons,
    Path reports,
    Path copies) {
  /** Remembers nothing; for pictures and tests. */
  public static UserData none(Path temporary) {
    return new UserData(
        PreferenceStore.inMemory(), Autosave.none(), LessonProgress.none(), temporary, temporary);
  }

  /** In the user's folders. */
  public static UserData in(Path config, Path state, Path cache) {
    return new UserData(
        PreferenceStore.in(config),
        Autosave.in(state.resolve("autosave")),
        LessonProgress.in(state.resolve("lessons.properties")),
        state.resolve("reports"),
        cache.resolve("objects"));
  }
}
