// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dialog for files begins where the last one was. */
final class RecentFolderTest {
  @Test
  void theFirstFolderThatIsThere(@TempDir Path there) {
    String gone = there.resolve("gone").resolve("a.pcap").toString();
    String file = there.resolve("b.pcap").toString();
    assertThat(Files.folder(List.of(gone, file, "/c.pcap"))).contains(there.toFile());
    assertThat(Files.folder(List.of())).isEmpty();
  }
}
