// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.prefs;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Preferences survive a start, and a start survives them. */
class PreferenceStoreTest {
  @TempDir Path folder;

  private static final Preferences SOME =
      new Preferences(
          Preferences.Look.CONTRAST,
          Preferences.Motion.REDUCED,
          140,
          "ko",
          List.of("/a b.pcap", "c.tailwalk"),
          Map.of("/a b.pcap", "inferred"),
          new Preferences.Layout(
              1200, 800, true, Map.of("main", List.of(0.25, 0.5)), List.of("conntrack")),
          new JsonArray());

  @Test
  void whatWasWrittenIsRead() throws Exception {
    PreferenceStore store = PreferenceStore.in(folder.resolve("new"));
    assertThat(store.get()).isEqualTo(Preferences.DEFAULT);
    store.change(_ -> SOME);
    store.flush();
    PreferenceStore again = PreferenceStore.in(folder.resolve("new"));
    assertThat(again.get()).isEqualTo(SOME);
    assertThat(again.complaints()).isEmpty();
    try (Stream<Path> files = Files.list(folder.resolve("new"))) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void aMangledFileIsSetAsideWithAMessageAndNeverAFailedStart() throws Exception {
    Path file = folder.resolve("preferences.json");
    Files.writeString(file, "{\"theme\": \"dark\", ");
    PreferenceStore store = PreferenceStore.in(folder);
    assertThat(store.get()).isEqualTo(Preferences.DEFAULT);
    assertThat(store.complaints())
        .singleElement()
        .asString()
        .contains("preferences.json: not JSON", "was set aside as preferences.broken-");
    assertThat(file).doesNotExist();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).singleElement().asString().contains("preferences.broken-");
    }
  }

  @Test
  void aFileThatIsNoTextIsSetAsideAsWell() throws Exception {
    Path file = folder.resolve("preferences.json");
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1, '{'});
    assertThat(PreferenceStore.in(folder).complaints())
        .singleElement()
        .asString()
        .contains("was set aside as preferences.broken-");
    assertThat(file).doesNotExist();
  }

  @Test
  void oneWrongFieldCostsThatFieldAlone() throws Exception {
    PreferenceStore first = PreferenceStore.in(folder);
    first.change(_ -> SOME);
    first.flush();
    Path file = folder.resolve("preferences.json");
    Files.writeString(file, Files.readString(file).replace("\"scale\": 140", "\"scale\": \"big\""));
    PreferenceStore store = PreferenceStore.in(folder);
    assertThat(store.get()).isEqualTo(SOME.withScale(100));
    assertThat(store.complaints()).singleElement().asString().contains("scale", "80 to 200");
  }

  @Test
  void whateverStandsInTheFileTheStartGoesOn() throws Exception {
    PreferenceStore first = PreferenceStore.in(folder);
    first.change(_ -> SOME);
    first.flush();
    Path file = folder.resolve("preferences.json");
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(3);
    int complained = 0;
    for (int i = 0; i < 500; i++) {
      byte[] other = whole.clone();
      for (int k = 0; k < 3; k++) {
        other[random.nextInt(other.length)] = (byte) (32 + random.nextInt(96));
      }
      Files.write(file, other);
      PreferenceStore store = PreferenceStore.in(folder);
      complained += store.complaints().isEmpty() ? 0 : 1;
      assertThat(store.get().scale()).isBetween(80, 200);
    }
    assertThat(complained).isGreaterThan(200);
  }

  @Test
  void recentFilesAreFewAndTheLastComesFirst() {
    Preferences p = Preferences.DEFAULT;
    for (int i = 0; i < 30; i++) {
      p = p.opened("f" + i);
    }
    assertThat(p.opened("f20").recent()).hasSize(12).startsWith("f20", "f29", "f28");
    assertThat(p.forgotten("f29").recent()).startsWith("f28");
  }
}
