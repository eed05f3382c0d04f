// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
final class BackgroundThreadsTest {
  private static final int LAST = 19;

  /** Field 19 of proc(5)'s stat; the second, a name in brackets, may hold blanks. */
  private static int nice() {
    try {
      String stat = Files.readString(Path.of("/proc/thread-self/stat"));
      return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).strip().split(" ")[16]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void theyGiveWayAndSoDoThoseThatTheyStart() throws Exception {
    int own = nice();
    int nicer = Math.min(LAST, own + BackgroundThreads.STEPS);
    var threads = Executors.newSingleThreadExecutor(BackgroundThreads.named("background"));
    try {
      assertThat(threads.submit(BackgroundThreadsTest::nice).get()).isEqualTo(nicer);
      CompletableFuture<Integer> started = new CompletableFuture<>();
      threads.submit(() -> Thread.ofPlatform().start(() -> started.complete(nice()))).get();
      assertThat(started.get()).isEqualTo(nicer);
    } finally {
      threads.shutdown();
    }
    assertThat(nice()).isEqualTo(own);
  }
}
