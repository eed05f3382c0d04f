// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.lesson;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SourceSpan;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.lesson.LessonPage.LinkedShot;
import org.tailwalk.app.lesson.LessonPage.Shot;
import org.tailwalk.scenario.DatapathSpec;
import org.tailwalk.scenario.Era;

/** Reads a {@code lesson.md}. Looks at no capture: that is {@link LessonChecker}'s work. */
public final class LessonReader {
  /** The file in a lesson's folder. */
  public static final String FILE = "lesson.md";

  private static final int LARGEST = 256 << 10;
  private static final Set<String> HEAD =
      ordered("title", "capture", "scenario", "datapath", "model", "minutes", "learn");
  private static final Set<String> SHOW =
      ordered("packet", "step", "play", "capture", "scenario", "datapath", "model");

  private final String name;
  private final Path folder;
  private final List<String> lines;
  private final List<LessonPage> pages = new ArrayList<>();
  private final List<Node> story = new ArrayList<>();
  private final List<Node> reveal = new ArrayList<>();
  private final List<Check> checks = new ArrayList<>();
  private final List<LinkedShot> links = new ArrayList<>();
  private int offset;
  private LessonScene headScene = new LessonScene(Path.of(""), null, null, null);
  private LessonScene scene = headScene;
  private String title = "";
  private int titleLine;
  private @Nullable Shot shot;
  private @Nullable Shot play;
  private @Nullable Question question;

  private LessonReader(String name, Path folder, String text) {
    this.name = name;
    this.folder = folder;
    this.lines = Arrays.asList(text.split("\r?\n", -1));
  }

  private static Set<String> ordered(String... words) {
    return new LinkedHashSet<>(Arrays.asList(words));
  }

  /** Reads a lesson's folder, or its file. */
  public static Lesson read(Path folderOrFile) throws LessonException {
    Path file = Files.isDirectory(folderOrFile) ? folderOrFile.resolve(FILE) : folderOrFile;
    try {
      if (Files.size(file) > LARGEST) {
        throw new LessonException(
            file.toString(), 0, "larger than " + (LARGEST >> 10) + " KiB; split the lesson");
      }
      return read(file, Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new LessonException(
          file.toString(), 0, "no such file; a lesson is a folder with a " + FILE);
    } catch (IOException e) {
      throw new LessonException(file.toString(), 0, "not readable as UTF-8: " + e.getMessage());
    }
  }

  /** Reads text as if it stood in a file. */
  static Lesson read(Path file, String text) throws LessonException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new LessonException(file.toString(), 0, "a lesson lies in a folder");
    }
    return new LessonReader(file.toString(), folder, text).lesson(file);
  }

  private Lesson lesson(Path file) throws LessonException {
    FrontMatter head = head();
    String lessonTitle = head.one("title");
    if (lessonTitle.isEmpty()) {
      throw bad(1, "the head has no title");
    }
    if (!head.has("capture")) {
      throw bad(1, "the head names no capture");
    }
    headScene = scene(head, headScene);
    scene = headScene;
    title = lessonTitle;
    titleLine = offset;
    Parser parser =
        Parser.builder()
            .extensions(List.of(TablesExtension.create()))
            .includeSourceSpans(IncludeSourceSpans.BLOCKS)
            .maxOpenBlockParsers(50)
            .build();
    Node document = parser.parse(String.join("\n", lines.subList(offset, lines.size())));
    for (Node node = document.getFirstChild(); node != null; node = node.getNext()) {
      block(node);
    }
    finishPage();
    if (pages.isEmpty()) {
      throw bad(lines.size(), "the lesson has no page: ## TITLE begins one");
    }
    Path folderName = folder.getFileName();
    return new Lesson(
        folderName == null ? lessonTitle : folderName.toString(),
        file,
        lessonTitle,
        minutes(head),
        head.values().getOrDefault("learn", List.of()),
        pages);
  }

  private FrontMatter head() throws LessonException {
    if (lines.isEmpty() || !lines.getFirst().strip().equals("---")) {
      throw bad(1, "the head is missing: KEY: VALUE lines between two lines of ---");
    }
    for (int i = 1; i < lines.size(); i++) {
      if (lines.get(i).strip().equals("---")) {
        offset = i + 1;
        return FrontMatter.read(name, 2, lines.subList(1, i), HEAD);
      }
    }
    throw bad(1, "the head does not end: a second line of --- is missing");
  }

  private int minutes(FrontMatter head) throws LessonException {
    String text = head.one("minutes");
    if (!text.matches("\\d{1,3}")) {
      throw bad(
          Math.max(1, head.line("minutes")), "minutes: a number up to 999, how long it takes");
    }
    return Integer.parseInt(text);
  }

  private void block(Node node) throws LessonException {
    if (node instanceof Heading heading && heading.getLevel() <= 2) {
      if (heading.getLevel() == 1) {
        throw bad(line(node), "# is not used: the title stands in the head, ## begins a page");
      }
      finishPage();
      title = words(heading);
      titleLine = line(node);
      if (title.isBlank()) {
        throw bad(titleLine, "a page needs a title: ## TITLE");
      }
      return;
    }
    if (node instanceof FencedCodeBlock code) {
      String info = code.getInfo() == null ? "" : code.getInfo().strip();
      String literal = code.getLiteral();
      int line = line(node);
      String[] word = info.split("\\s+", 2);
      switch (word[0]) {
        case "show" -> {
          show(line, literal);
          return;
        }
        case "check" -> {
          check(line, literal);
          return;
        }
        case "ask" -> {
          if (question != null) {
            throw bad(line, "a page asks one question; begin another page with ##");
          }
          String kind = word.length < 2 ? "" : word[1];
          if (!Set.of("choice", "number", "words").contains(kind)) {
            throw bad(line, "ask what: choice, number or words?");
          }
          question = QuestionReader.read(name, line, kind, literal);
          return;
        }
        default -> {}
      }
    }
    (question == null ? story : reveal).add(node);
    links(node);
  }

  private void show(int line, String literal) throws LessonException {
    FrontMatter show =
        FrontMatter.read(name, line + 1, Arrays.asList(literal.split("\n", -1)), SHOW);
    if (question == null) {
      scene = scene(show, scene);
    } else if (show.has("capture")
        || show.has("scenario")
        || show.has("datapath")
        || show.has("model")) {
      throw bad(line, "behind a question the scene stays; begin another page with ##");
    }
    if (question == null) {
      if (show.has("play")) {
        throw bad(
            show.line("play"),
            "play stands behind the question; before it, step says where to wait");
      }
      if (shot != null) {
        throw bad(line, "the page already says what to show");
      }
      shot = new Shot(packet(show), StepPointer.parse(show.one("step")), line);
    } else {
      if (play != null) {
        throw bad(line, "the page already says what to play");
      }
      String to = show.has("play") ? show.one("play") : show.one("step");
      play = new Shot(packet(show), StepPointer.parse(to.isEmpty() ? "end" : to), line);
    }
  }

  private int packet(FrontMatter show) throws LessonException {
    if (!show.has("packet")) {
      return 0;
    }
    String text = show.one("packet");
    if (!text.matches("[1-9]\\d{0,6}")) {
      throw bad(show.line("packet"), "packet: a number from 1 on, here is \"" + text + "\"");
    }
    return Integer.parseInt(text);
  }

  private void check(int line, String literal) throws LessonException {
    int at = line;
    for (String each : literal.split("\n", -1)) {
      at++;
      if (!each.isBlank() && !each.strip().startsWith("#")) {
        checks.add(CheckReader.read(name, at, each));
      }
    }
  }

  private LessonScene scene(FrontMatter of, LessonScene before) throws LessonException {
    Path capture = of.has("capture") ? path(of, "capture") : before.capture();
    Path scenario =
        of.has("scenario") ? path(of, "scenario") : of.has("capture") ? null : before.scenario();
    DatapathSpec datapath = before.datapath();
    Era model = of.has("datapath") ? null : before.model();
    if (of.has("datapath")) {
      try {
        datapath = DatapathSpec.parse(of.one("datapath"));
      } catch (IllegalArgumentException e) {
        throw bad(of.line("datapath"), "datapath: " + e.getMessage());
      }
      if (datapath.source() instanceof DatapathSpec.ObjectFile) {
        throw bad(
            of.line("datapath"),
            "datapath: a lesson loads bundled programs alone; an object is never loaded without"
                + " asking");
      }
    }
    if (of.has("model")) {
      try {
        model = Era.parse(of.one("model"));
      } catch (IllegalArgumentException e) {
        throw bad(of.line("model"), "model: " + e.getMessage());
      }
    }
    return new LessonScene(capture, scenario, datapath, model);
  }

  private Path path(FrontMatter of, String key) throws LessonException {
    String text = of.one(key);
    try {
      if (text.isEmpty() || Path.of(text).isAbsolute()) {
        throw bad(
            of.line(key), key + ": a path from the lesson's folder on, here is \"" + text + "\"");
      }
      return folder.resolve(text).normalize();
    } catch (InvalidPathException e) {
      throw bad(of.line(key), key + ": not a path: " + e.getMessage());
    }
  }

  private void links(Node block) throws LessonException {
    List<LinkedShot> found = new ArrayList<>();
    boolean hidden = question != null;
    int line = line(block);
    block.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Link link) {
            Shot target = pointer(link.getDestination(), line);
            if (target != null) {
              found.add(new LinkedShot(target, hidden));
            }
            visitChildren(link);
          }
        });
    links.addAll(found);
    for (LinkedShot each : found) {
      if (each.shot().packet() == 0) {
        throw bad(line, "a link to a packet reads packet:N or packet:N/STEP");
      }
    }
  }

  /** The pointer of a link; null when it leads elsewhere, packet 0 when it is none. */
  static @Nullable Shot pointer(@Nullable String destination, int line) {
    if (destination == null || !destination.startsWith("packet:")) {
      return null;
    }
    String rest = destination.substring(7).replace("%20", " ");
    int slash = rest.indexOf('/');
    String packet = slash < 0 ? rest : rest.substring(0, slash);
    if (!packet.matches("[1-9]\\d{0,6}")) {
      return new Shot(0, new StepPointer.Start(), line);
    }
    return new Shot(
        Integer.parseInt(packet),
        StepPointer.parse(slash < 0 ? "end" : rest.substring(slash + 1)),
        line);
  }

  private void finishPage() throws LessonException {
    boolean empty = story.isEmpty() && question == null && checks.isEmpty() && shot == null;
    if (empty && pages.isEmpty() && title.isEmpty()) {
      return;
    }
    boolean beforeFirst = pages.isEmpty() && titleLine == offset;
    if (empty && beforeFirst) {
      return;
    }
    if (story.isEmpty()) {
      throw bad(titleLine, "the page \"" + title + "\" tells nothing before it asks");
    }
    if (shot != null && shot.packet() == 0) {
      throw bad(shot.line(), "show: which packet? packet: N is missing");
    }
    if (question != null && shot == null) {
      throw bad(
          titleLine,
          "the page \"" + title + "\" asks without showing where: a show block is missing");
    }
    Shot start = shot;
    Shot goes = play;
    if (goes != null && goes.packet() == 0 && start != null) {
      goes = new Shot(start.packet(), goes.step(), goes.line());
    }
    pages.add(
        new LessonPage(
            title, titleLine, scene, shot, story, question, goes, reveal, checks, links));
    story.clear();
    reveal.clear();
    checks.clear();
    links.clear();
    scene = headScene;
    shot = null;
    play = null;
    question = null;
  }

  private static String words(Node node) {
    StringBuilder text = new StringBuilder();
    node.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Text words) {
            text.append(words.getLiteral());
          }

          @Override
          public void visit(Code code) {
            text.append(code.getLiteral());
          }
        });
    return text.toString();
  }

  private int line(Node node) {
    List<SourceSpan> spans = node.getSourceSpans();
    return spans.isEmpty() ? 0 : offset + 1 + spans.getFirst().getLineIndex();
  }

  private LessonException bad(int line, String cause) {
    return new LessonException(name, line, cause);
  }
}
