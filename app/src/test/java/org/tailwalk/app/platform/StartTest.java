// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the start of the program relies on. */
final class StartTest {
  @Test
  void aStageCountsFromTheCallAndOnlyOnce() throws InterruptedException {
    StartClock clock = new StartClock(Instant.now().minusSeconds(5));
    clock.reached("first frame");
    Thread.sleep(2);
    clock.reached("first frame");
    assertThat(clock.marks()).hasSize(1);
    assertThat(clock.marks().getFirst().at().toMillis()).isBetween(5000L, 60_000L);
    assertThat(clock.text()).matches("first frame 5\\d+ ms");
  }

  @Test
  void aSignedJarLosesItsSignatureAndNothingElse(@TempDir Path folder) throws IOException {
    Path jar = folder.resolve("signed.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        ZipOutputStream out = new ZipOutputStream(file)) {
      for (String name :
          List.of("META-INF/MANIFEST.MF", "META-INF/ECLIPSE_.SF", "META-INF/ECLIPSE_.RSA", "a/B")) {
        out.putNextEntry(new ZipEntry(name));
        out.write(("content of " + name).getBytes(StandardCharsets.UTF_8));
      }
    }
    assertThat(UnsignedJars.strip(jar)).isTrue();
    try (ZipFile in = new ZipFile(jar.toFile())) {
      assertThat(in.stream().map(ZipEntry::getName)).containsExactly("META-INF/MANIFEST.MF", "a/B");
      assertThat(in.getInputStream(in.getEntry("a/B"))).hasContent("content of a/B");
    }
    assertThat(UnsignedJars.strip(jar)).as("a second time there is nothing to do").isFalse();
  }
}
