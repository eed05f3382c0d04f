// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tailwalk.app.prefs.PreferenceStore;

/** The dialog for files begins where the last one was. */
final class RecentFolderTest {
  @TempDir private Path there;
  private final Later jobs = new Later();
  private final PreferenceStore preferences = PreferenceStore.inMemory();
  private final RecentFolder folder = new RecentFolder(jobs.work(), preferences);

  private void opened(Path file) {
    preferences.change(p -> p.opened(file.toString()));
  }

  @Test
  void theFirstFolderThatIsThere() {
    jobs.all();
    assertThat(folder.get()).isEmpty();
    opened(Path.of("/c.pcap"));
    opened(there.resolve("b.pcap"));
    opened(there.resolve("gone").resolve("a.pcap"));
    jobs.all();
    assertThat(folder.get()).contains(there.toFile());
  }

  /** One that is asked may never answer, as where the network that it lies in is gone. */
  @Test
  void foldersAreAskedInTheBackgroundOneAfterTheOther() throws IOException {
    Path other = Files.createDirectory(there.resolve("other"));
    opened(there.resolve("a.pcap"));
    opened(other.resolve("b.pcap"));
    assertThat(folder.get()).as("nobody has looked yet").isEmpty();
    jobs.next();
    assertThat(folder.get()).contains(there.toFile());
    jobs.next();
    assertThat(folder.get()).contains(other.toFile());
  }
}
