// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.tailwalk.app.capture.CaptureException;
import org.tailwalk.app.lesson.Glossary;
import org.tailwalk.app.lesson.Lesson;
import org.tailwalk.app.lesson.LessonChecker;
import org.tailwalk.app.lesson.LessonException;
import org.tailwalk.app.lesson.LessonReader;
import org.tailwalk.app.lesson.LessonShelf;
import org.tailwalk.app.lesson.Translations;
import org.tailwalk.app.platform.UserFolders;
import org.tailwalk.app.session.Lanes;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.scenario.ScenarioException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tailwalk lesson}. */
@Command(
    name = "lesson",
    description = "Lists the lessons, or holds what they say against the replay.",
    mixinStandardHelpOptions = true)
final class LessonCommand implements Runnable {
  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the annotated fields before run()
  LessonCommand() {}

  /** With its commands. */
  static CommandLine of(Engines engines) {
    return new CommandLine(new LessonCommand())
        .addSubcommand(new CheckCommand(engines))
        .addSubcommand(new ListCommand());
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "lesson what: lesson list, or lesson check DIR...");
  }

  private static Path shelf() {
    return UserFolders.program().resolve("samples/lessons");
  }

  /** A lesson's folder, its file, or a folder of lessons. */
  private static List<Path> lessons(List<Path> given) throws InputException {
    List<Path> found = new ArrayList<>();
    for (Path path : given.isEmpty() ? List.of(shelf()) : given) {
      try {
        if (!Files.isDirectory(path) || Files.exists(path.resolve(LessonReader.FILE))) {
          found.add(path);
          continue;
        }
        List<Path> inside = LessonShelf.folders(path);
        if (inside.isEmpty()) {
          throw new InputException(
              "read lessons: %s: no %s in it, nor in a folder of it; docs/lessons.md tells how to write one"
                  .formatted(path, LessonReader.FILE));
        }
        found.addAll(inside);
      } catch (IOException e) {
        throw new InputException("read lessons: " + path + ": " + e.getMessage(), e);
      }
    }
    return found;
  }

  /** {@code tailwalk lesson list}. */
  @Command(
      name = "list",
      description = "Lists the lessons of a folder: name, minutes, pages, questions, title.",
      mixinStandardHelpOptions = true)
  static final class ListCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(
        arity = "0..*",
        paramLabel = "DIR",
        description = "Folders of lessons; without one, those that come with Tailwalk.")
    private List<Path> folders = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // picocli sets the annotated fields before call()
    ListCommand() {}

    @Override
    public Integer call() throws InputException {
      ExitCode code = ExitCode.OK;
      for (Path path : lessons(folders)) {
        try {
          Lesson lesson = LessonReader.read(path);
          spec.commandLine()
              .getOut()
              .printf(
                  "%-24s %3d min  %2d pages  %2d questions  %s%n",
                  lesson.id(),
                  lesson.minutes(),
                  lesson.pages().size(),
                  lesson.questions(),
                  lesson.title());
        } catch (LessonException e) {
          spec.commandLine().getErr().println("tailwalk: " + e.getMessage());
          code = code.and(ExitCode.BAD_INPUT);
        }
      }
      return code.code();
    }
  }

  /** {@code tailwalk lesson check}. */
  @Command(
      name = "check",
      description =
          "Replays every scene of the lessons and checks what they say of it: checks, answers,"
              + " pointers, terms. Exits with 1 when something does not hold, with 2 when the"
              + " engines differ where they ought not to.",
      mixinStandardHelpOptions = true)
  static final class CheckCommand implements Callable<Integer> {
    private final Engines engines;

    @Spec private CommandSpec spec;

    @Parameters(
        arity = "0..*",
        paramLabel = "DIR",
        description =
            "A lesson's folder, or a folder of lessons; without one, those that come with"
                + " Tailwalk.")
    private List<Path> folders = new ArrayList<>();

    @Option(
        names = "--engine",
        defaultValue = "auto",
        description = "kernel, model or both; auto (default): both where possible.")
    private EngineChoice engine = EngineChoice.AUTO;

    @SuppressWarnings("NullAway.Init") // picocli sets the annotated fields before call()
    CheckCommand(Engines engines) {
      this.engines = engines;
    }

    @Override
    public Integer call() throws InputException, ReplayException, InterruptedException {
      Lanes lanes =
          new Lanes(
              engine.kernel() ? engines::kernel : null,
              "",
              "Kernel",
              engine.model() ? engines.model() : null);
      ExitCode code = ExitCode.OK;
      for (Path path : lessons(folders)) {
        code = code.and(check(path, lanes));
      }
      return code.code();
    }

    private ExitCode check(Path path, Lanes lanes)
        throws InputException, ReplayException, InterruptedException {
      PrintWriter out = spec.commandLine().getOut();
      try {
        Lesson lesson = LessonReader.read(path);
        LessonChecker checker = checker(lesson, lanes);
        ExitCode code = check(checker, lesson, List.of());
        if (!Files.isDirectory(path)) {
          return code;
        }
        for (Path file : Translations.of(path)) {
          try {
            Lesson translated = LessonReader.read(file);
            code = code.and(check(checker, translated, Translations.strays(lesson, translated)));
          } catch (LessonException e) {
            out.println(String.valueOf(e.getMessage()));
            code = code.and(ExitCode.BAD_INPUT);
          }
        }
        return code;
      } catch (LessonException e) {
        out.println(String.valueOf(e.getMessage()));
        return ExitCode.BAD_INPUT;
      } catch (CaptureException | ScenarioException e) {
        // The lessons behind this one are checked all the same.
        out.println("%s: what it shows can't be replayed: %s".formatted(path, e.getMessage()));
        return ExitCode.BAD_INPUT;
      } catch (IOException e) {
        throw new InputException("read lessons: " + path + ": " + e.getMessage(), e);
      }
    }

    private LessonChecker checker(Lesson lesson, Lanes lanes) throws IOException {
      Path shelf = lesson.file().toAbsolutePath().getParent();
      Path above = shelf == null ? null : shelf.getParent();
      Glossary glossary =
          (above == null ? Glossary.EMPTY : Glossary.read(above)).or(Glossary.read(shelf()));
      return new LessonChecker(lanes, engine.mayFallBack(), glossary);
    }

    private ExitCode check(LessonChecker checker, Lesson lesson, List<LessonChecker.Problem> strays)
        throws CaptureException, ScenarioException, ReplayException, InterruptedException {
      PrintWriter out = spec.commandLine().getOut();
      LessonChecker.Result result = checker.check(lesson);
      List<LessonChecker.Problem> problems = new ArrayList<>(strays);
      problems.addAll(result.problems());
      for (LessonChecker.Problem problem : problems) {
        out.println(lesson.file() + ":" + problem.line() + ": " + problem.text());
      }
      for (LessonChecker.Problem problem : result.divergences()) {
        out.println(lesson.file() + ":" + problem.line() + ": " + problem.text());
      }
      String ran =
          result.kernel() && result.model()
              ? "kernel and model"
              : result.kernel() ? "kernel" : "model";
      String language = Translations.language(lesson.file());
      out.printf(
          "%s%s: %d pages, %d questions: %d hold, %d do not, %d not tried (%s)%n",
          lesson.id(),
          language.isEmpty() ? "" : " (" + language + ")",
          lesson.pages().size(),
          lesson.questions(),
          result.held(),
          problems.size(),
          result.skipped(),
          ran);
      out.flush();
      return !problems.isEmpty()
          ? ExitCode.BAD_INPUT
          : result.divergences().isEmpty() ? ExitCode.OK : ExitCode.DIFFERENT;
    }
  }
}
