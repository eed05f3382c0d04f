// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tailwalk.app.prefs.PreferenceStore;
import org.tailwalk.app.session.Lanes;
import org.tailwalk.app.tasks.Work;
import org.tailwalk.scenario.Era;

/** Files lie where the window must not wait for them: the disk is asked in the background. */
final class FilesTest {
  @TempDir private Path folder;
  private final Later jobs = new Later();
  private final PreferenceStore preferences = PreferenceStore.inMemory();
  private final List<String> opened = new ArrayList<>();
  private final List<Path> lessons = new ArrayList<>();
  private final MainViewModel model =
      new MainViewModel(
          new AppServices(
              (file, _, _) -> {
                opened.add(file);
                return Synthetic.capture(2);
              },
              new Lanes(null, "none in tests", "", new FakeEngine("model", false)),
              List.of(Era.SEED)),
          jobs.work(),
          Work.here());
  private final org.tailwalk.app.window.Files files =
      new org.tailwalk.app.window.Files(
          model, preferences, Runnable::run, Optional::<File>empty, lessons::add);

  @BeforeEach
  void nothingElseIsUnderWay() {
    jobs.all();
  }

  private String there(String name) throws IOException {
    return Files.createFile(folder.resolve(name)).toString();
  }

  private void remember(String... recent) {
    for (String file : recent) {
      preferences.change(p -> p.opened(file));
    }
  }

  @Test
  void aRecentFileIsOpenedWhenTheDiskHasSaidThatItIsThere() throws IOException {
    String capture = there("a.pcap");
    remember(capture, "/now.pcap");
    files.reopen();
    assertThat(opened).as("nobody has looked yet").isEmpty();
    jobs.all();
    assertThat(opened).containsExactly(capture);
  }

  @Test
  void aRecentFileThatIsGoneIsForgottenWhenTheDiskHasSaidSo() {
    String gone = folder.resolve("gone.pcap").toString();
    remember(gone, "/now.pcap");
    files.reopen();
    assertThat(preferences.get().recent()).contains(gone);
    jobs.all();
    assertThat(preferences.get().recent()).containsExactly("/now.pcap");
    assertThat(model.status().errorProperty().get()).contains("gone.pcap", "no longer there");
    assertThat(opened).isEmpty();
  }

  @Test
  void whetherAFolderWasDroppedIsAskedInTheBackground() throws IOException {
    Path lesson = Files.createDirectory(folder.resolve("looks-like.pcap"));
    files.dropped(lesson);
    assertThat(lessons).isEmpty();
    jobs.all();
    assertThat(lessons).containsExactly(lesson);
    String capture = there("a.pcap");
    files.dropped(Path.of(capture));
    assertThat(opened).isEmpty();
    jobs.all();
    assertThat(opened).containsExactly(capture);
  }

  @Test
  void theFileThatWasNamedLastIsTheOneThatIsOpened() throws IOException {
    files.dropped(Path.of(there("late.pcap")));
    files.open("chosen.pcap");
    jobs.all();
    assertThat(opened).containsExactly("chosen.pcap");
  }
}
