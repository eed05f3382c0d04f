// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tailwalk.app.KernelPrivilege;
import org.tailwalk.app.fuzz.Campaign;
import org.tailwalk.app.fuzz.Dice;
import org.tailwalk.app.fuzz.TraceCheck;
import org.tailwalk.app.fuzz.World;
import org.tailwalk.bpf.engine.BundledObjects;
import org.tailwalk.bpf.engine.KernelReplayEngine;
import org.tailwalk.datapath.ModelReplayEngine;
import org.tailwalk.engine.ReplayEngine;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.scenario.DatapathConstants;
import org.tailwalk.scenario.DatapathSpec;
import org.tailwalk.scenario.Era;
import org.tailwalk.vector.Gap;
import org.tailwalk.vector.VectorFile;
import org.tailwalk.vector.VectorSession;
import org.tailwalk.vector.Verifier;

/**
 * Mistakes put into the model and into the bundled programs, one at a time: the recordings or a
 * short campaign must find each. What found it is written to {@code target/mistakes.md}.
 */
@Tag("kernel")
@Tag("full")
@ExtendWith(KernelPrivilege.class)
class DeliberateMistakesTest {
  private static final Path MODEL =
      Path.of("../datapath-model/src/main/java/org/tailwalk/datapath");
  private static final Path CLASSES = Path.of("../datapath-model/target/classes");
  private static final Path VECTORS = Path.of("../datapath-model/src/test/resources/vectors");
  private static final Path REPORT = Path.of("target", "mistakes.md");
  private static final long PACKETS = 15_000;

  @TempDir private static Path folder;
  private static List<VectorSession> vectors;
  private static KernelReplayEngine kernel;

  @BeforeAll
  static void prepare() throws Exception {
    vectors = new ArrayList<>();
    try (var files = Files.list(VECTORS)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".gz")).sorted().toList()) {
        vectors.addAll(VectorFile.read(file));
      }
    }
    kernel = new KernelReplayEngine(new BundledObjects(folder.resolve("cache"), "clang"));
    Files.createDirectories(REPORT.getParent());
    Files.writeString(REPORT, "| where | mistake | caught by |\n|---|---|---|\n");
  }

  @AfterAll
  static void close() {
    kernel.close();
  }

  static List<Mistake> inTheModel() {
    return Mistake.read("/mistakes/model.txt");
  }

  static List<Mistake> inTheC() {
    return Mistake.read("/mistakes/c.txt");
  }

  @Test
  void thereAreEnough() {
    assertThat(inTheModel()).hasSizeGreaterThanOrEqualTo(20);
    assertThat(inTheC()).hasSizeGreaterThanOrEqualTo(10);
  }

  @ParameterizedTest
  @MethodSource("inTheModel")
  void mistakeInTheModelIsCaught(Mistake mistake) throws Exception {
    try (Mutant mutant = Mutant.of(mistake)) {
      String caught = byVectors(mutant.engine());
      if (caught.isEmpty()) {
        caught = byRegressions(kernel, mutant.engine());
      }
      if (caught.isEmpty()) {
        caught = byCampaign(kernel, mutant.engine(), "the programs");
      }
      report(mistake, caught);
    }
  }

  @ParameterizedTest
  @MethodSource("inTheC")
  void mistakeInTheProgramsIsCaught(Mistake mistake) throws Exception {
    BundledObjects wrong =
        new BundledObjects(folder.resolve("cache"), "clang", sources -> change(sources, mistake));
    try (KernelReplayEngine mutant = new KernelReplayEngine(wrong)) {
      ReplayEngine model = new ModelReplayEngine();
      String caught = byRegressions(mutant, model);
      report(mistake, caught.isEmpty() ? byCampaign(mutant, model, "the model") : caught);
    }
  }

  private static void change(SortedMap<String, byte[]> sources, Mistake mistake) {
    String source = new String(sources.get(mistake.file()), StandardCharsets.UTF_8);
    sources.put(mistake.file(), mistake.in(source).getBytes(StandardCharsets.UTF_8));
  }

  private static void report(Mistake mistake, String caught) throws IOException {
    Files.writeString(
        REPORT,
        "| %s | %s | %s |%n"
            .formatted(mistake.file(), mistake.title(), caught.isEmpty() ? "**nothing**" : caught),
        StandardOpenOption.APPEND);
    assertThat(caught).isNotEmpty();
  }

  /** The first recording that the engine does not do, empty if it does all. */
  private static String byVectors(ReplayEngine engine) throws Exception {
    try (Verifier verifier = new Verifier(engine, Gap.ALL)) {
      for (VectorSession session : vectors) {
        List<Verifier.Result> results = new ArrayList<>();
        verifier.run(List.of(session), results::add);
        switch (results.getFirst()) {
          case Verifier.Differs(_, int step, _, var differences) -> {
            return "recording `%s` step %d, %s"
                .formatted(session.id(), step, first(differences.getFirst().toString()));
          }
          case Verifier.Failed failed -> {
            return "recording `%s`: %s".formatted(session.id(), first(failed.message()));
          }
          case Verifier.Passed _, Verifier.Skipped _ -> {}
        }
      }
    }
    return "";
  }

  /** The first saved case in which the two differ, empty if in none. */
  private static String byRegressions(ReplayEngine left, ReplayEngine right) throws Exception {
    for (Path saved : RegressionsTest.cases()) {
      List<PacketReplay> packets = RegressionsTest.replay(saved, left, right);
      if (packets.stream().anyMatch(p -> p.divergence() != null)) {
        return "saved case `%s`".formatted(saved.getFileName());
      }
    }
    return "";
  }

  private static String first(String text) {
    String line = text.lines().findFirst().orElse("").replace("|", "\\|");
    return line.length() > 60 ? line.substring(0, 60) + "…" : line;
  }

  /** The first kind of difference in generated packets, empty if there is none. */
  private static String byCampaign(ReplayEngine left, ReplayEngine right, String against)
      throws Exception {
    AtomicBoolean found = new AtomicBoolean();
    List<World> worlds = new ArrayList<>();
    for (String build :
        List.of(
            "bundled:seed,+session-affinity,+sctp",
            "bundled:seed/v4,+ipv4-fragments,+l7-lb",
            "bundled:seed/v6,+icmp-rule")) {
      worlds.add(World.of(DatapathSpec.parse(build), DatapathConstants.AGENT_DEFAULTS));
    }
    worlds.addAll(World.pairwise(Era.SEED, null, new Dice(1)).subList(0, 6));
    Campaign.Result result =
        new Campaign(
                left, right, worlds, w -> TraceCheck.equal(w.datapath().config(w.constants())), 1)
            .run(
                1,
                PACKETS,
                () -> !found.get(),
                line -> found.compareAndSet(false, line.startsWith("found")));
    return result.failures().isEmpty()
        ? ""
        : "generated packets, against %s: %s"
            .formatted(against, result.failures().getFirst().finding().signature())
            .toLowerCase(Locale.ROOT);
  }

  /** The model with one class compiled anew, in a class loader of its own. */
  private record Mutant(URLClassLoader loader, ReplayEngine engine) implements AutoCloseable {
    static Mutant of(Mistake mistake) throws Exception {
      Path work = Files.createTempDirectory(folder, "mutant");
      Path source = work.resolve("src").resolve(mistake.file());
      Files.createDirectories(source.getParent());
      Files.writeString(source, mistake.in(Files.readString(MODEL.resolve(mistake.file()))));
      Path out = work.resolve("classes");
      String path =
          System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
      int code =
          ToolProvider.getSystemJavaCompiler()
              .run(
                  null,
                  null,
                  null,
                  "-nowarn",
                  "-d",
                  out.toString(),
                  "-cp",
                  CLASSES + ":" + path,
                  source.toString());
      assertThat(code).as("compiles: " + mistake).isZero();
      Loader loader = new Loader(new URL[] {out.toUri().toURL(), CLASSES.toUri().toURL()});
      Object engine =
          loader.loadClass(ModelReplayEngine.class.getName()).getConstructor().newInstance();
      return new Mutant(loader, (ReplayEngine) engine);
    }

    @Override
    public void close() throws IOException {
      loader.close();
    }
  }

  /** Loads the model's own package here, everything else where it is. */
  private static final class Loader extends URLClassLoader {
    Loader(URL[] urls) {
      super(urls, DeliberateMistakesTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        if (!name.startsWith("org.tailwalk.datapath.")) {
          return super.loadClass(name, resolve);
        }
        Class<?> known = findLoadedClass(name);
        return known == null ? findClass(name) : known;
      }
    }
  }
}
