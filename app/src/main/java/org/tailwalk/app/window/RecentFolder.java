// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import java.io.File;
import java.util.List;
import java.util.Optional;
import org.tailwalk.app.prefs.PreferenceStore;
import org.tailwalk.app.tasks.LastAsked;
import org.tailwalk.app.tasks.Work;

/**
 * Where the file that was opened last lies, of those whose folder is still there. A folder of a
 * network that is gone answers late or never: it is asked in the background. UI thread.
 */
final class RecentFolder {
  private final LastAsked<List<String>, Optional<File>> question;
  private final PreferenceStore preferences;
  private Optional<File> found = Optional.empty();
  private List<String> asked = List.of();

  /** Of the recent files that the preferences name. */
  RecentFolder(Work work, PreferenceStore preferences) {
    this.question = new LastAsked<>(work, RecentFolder::first, (_, folder) -> found = folder);
    this.preferences = preferences;
    preferences.property().addListener((_, _, _) -> ask());
    ask();
  }

  private void ask() {
    List<String> recent = preferences.get().recent();
    if (!recent.equals(asked)) {
      asked = recent;
      question.ask(recent);
    }
  }

  private static Optional<File> first(List<String> recent) {
    return recent.stream()
        .map(path -> new File(path).getAbsoluteFile().getParentFile())
        .filter(folder -> folder != null && folder.isDirectory())
        .findFirst();
  }

  /** As it was found last; empty as long as it was not. */
  Optional<File> get() {
    return found;
  }
}
