// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.session.Focus;
import org.tailwalk.app.session.Replay;
import org.tailwalk.app.source.CodeBook.Heat;
import org.tailwalk.app.source.CodeBook.Place;
import org.tailwalk.app.source.SourcePage.CodeRow;
import org.tailwalk.app.source.SourcePage.LineRow;
import org.tailwalk.app.tasks.Work;
import org.tailwalk.app.text.Texts;
import org.tailwalk.engine.CodeListing;
import org.tailwalk.replay.PacketReplay;

/** Source and bytecode where the packet is. Does nothing while nobody looks. UI thread. */
public final class SourceViewModel {
  private static final System.Logger LOG = System.getLogger(SourceViewModel.class.getName());

  private final Focus focus;
  private final Work work;
  private final Texts texts = Texts.of(SourceViewModel.class);
  private final BooleanProperty shown = new SimpleBooleanProperty();
  private final ReadOnlyObjectWrapper<SourcePage> page =
      new ReadOnlyObjectWrapper<>(SourcePage.NONE);
  private final ReadOnlyIntegerWrapper currentLine = new ReadOnlyIntegerWrapper(-1);
  private final ReadOnlyIntegerWrapper currentCode = new ReadOnlyIntegerWrapper(-1);
  private final ReadOnlyStringWrapper nothing = new ReadOnlyStringWrapper("");
  private CodeBook book = CodeBook.NONE;
  private @Nullable Replay bookOf;
  private @Nullable PacketCode packet;
  private @Nullable PacketReplay packetOf;
  private String wantedProgram = "";
  private String wantedFile = "";
  private int asked;

  /** Looks at what {@code focus} looks at, once {@link #shownProperty} says so. */
  public SourceViewModel(Focus focus, Work work) {
    this.focus = focus;
    this.work = work;
    shown.addListener((_, _, _) -> follow());
    focus.replayProperty().addListener((_, _, _) -> follow());
    focus.packetProperty().addListener((_, _, _) -> follow());
    focus.rowProperty().addListener((_, _, _) -> follow());
    say();
  }

  /** A packet's code, and the book it stands in. */
  private record Found(CodeBook book, @Nullable PacketCode packet, SourcePage page) {}

  /** Goes where the packet is. */
  private void follow() {
    if (!shown.get()) {
      return;
    }
    PacketReplay wanted = focus.packet().orElse(null);
    PacketCode known = packet;
    if (wanted == null || focus.replay().isEmpty()) {
      clear();
    } else if (known != null && packetOf == wanted && bookOf == focus.replay().get()) {
      PacketCode.Spot spot = known.spot(focus.rowProperty().get());
      if (spot != null) {
        show(spot.place().program(), Optional.ofNullable(spot.source().file()).orElse(""));
      }
    } else {
      load(focus.replay().get(), wanted, null, null);
    }
  }

  private void clear() {
    asked++;
    packet = null;
    packetOf = null;
    page.set(SourcePage.NONE);
    marks();
    say();
  }

  private void show(String program, String file) {
    SourcePage now = page.get();
    if (now.program().equals(program) && now.file().equals(file)) {
      marks();
      return;
    }
    Replay replay = bookOf;
    PacketReplay of = packetOf;
    if (replay != null
        && of != null
        && !(wantedProgram + "\n" + wantedFile).equals(program + "\n" + file)) {
      load(replay, of, program, file);
    }
  }

  /** Null for the program and file where the packet is. */
  private void load(
      Replay replay, PacketReplay wanted, @Nullable String program, @Nullable String file) {
    int mine = ++asked;
    say();
    wantedProgram = program == null ? "" : program;
    wantedFile = file == null ? "" : file;
    CodeBook known = bookOf == replay ? book : null;
    PacketCode done = packetOf == wanted && known != null ? packet : null;
    int row = focus.rowProperty().get();
    work.run(
        () -> {
          CodeBook read = known != null ? known : CodeBook.of(replay.code(), replay.tally());
          PacketCode code = done != null ? done : PacketCode.of(read, wanted);
          PacketCode.Spot spot = code.spot(row);
          String toProgram = program != null ? program : spot == null ? "" : spot.place().program();
          String toFile =
              file != null
                  ? file
                  : spot == null ? "" : Optional.ofNullable(spot.source().file()).orElse("");
          return new Found(read, code, SourcePage.of(read, code, toProgram, toFile));
        },
        found -> {
          if (mine == asked) {
            book = found.book;
            bookOf = replay;
            packet = found.packet;
            packetOf = wanted;
            wantedProgram = "";
            wantedFile = "";
            currentLine.set(-1);
            currentCode.set(-1);
            page.set(found.page);
            marks();
            say();
            if (program == null) {
              follow(); // the row may have moved on meanwhile
            }
          }
        },
        e -> {
          if (mine == asked) {
            LOG.log(System.Logger.Level.ERROR, "the code can't be read", e);
            nothing.set(texts.get("nothing.failed", Texts.say(e)));
          }
        });
  }

  private void marks() {
    PacketCode code = packet;
    SourcePage now = page.get();
    PacketCode.Spot spot = code == null ? null : code.spot(focus.rowProperty().get());
    boolean here = spot != null && now.file().equals(spot.source().file());
    currentLine.set(here && spot != null ? now.lineAt(spot.source().line()) : -1);
    boolean inside = spot != null && now.program().equals(spot.place().program());
    currentCode.set(inside && spot != null ? now.codeAt(spot.place().index()) : -1);
  }

  private void say() {
    PacketReplay of = focus.packet().orElse(null);
    if (of == null) {
      nothing.set(focus.packetless().orElse(texts.get("nothing.no-packet")));
    } else if (of.rows().isEmpty()) {
      nothing.set(texts.get("nothing.not-run"));
    } else if (of.kernel() == null) {
      nothing.set(texts.get("nothing.model"));
    } else if (packetOf != of) {
      nothing.set(texts.get("nothing.reading"));
    } else if (page.get().lines().isEmpty()) {
      nothing.set(texts.get(book.empty() ? "nothing.no-listing" : "nothing.no-lines"));
    } else {
      nothing.set("");
    }
  }

  /** Looks at another program, at its first file. */
  public void chooseProgram(String id) {
    if (!id.equals(page.get().program())) {
      List<String> files = book.files(id);
      show(id, files.isEmpty() ? "" : files.getFirst());
    }
  }

  /** Looks at another file, of the same program. */
  public void chooseFile(String file) {
    show(page.get().program(), file);
  }

  /**
   * Looks at the line behind an instruction; the index of the line in the page, or −1 till then.
   */
  int lineOf(CodeRow row) {
    CodeListing.Line line = row.line();
    if (line == null || line.file().isEmpty()) {
      return -1;
    }
    if (!line.file().equals(page.get().file())) {
      chooseFile(line.file());
      return -1;
    }
    return page.get().lineAt(line.number());
  }

  /** Indices, in the page's code, of a line's instructions. */
  List<Integer> codeOf(LineRow row) {
    SourcePage now = page.get();
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < now.code().size(); i++) {
      CodeListing.Line line = now.code().get(i).line();
      if (line != null && line.number() == row.number() && line.file().equals(now.file())) {
        found.add(i);
      }
    }
    return found;
  }

  /**
   * What is known of a line or an instruction.
   *
   * @param rows 0-based steps whose trace point stands there
   * @param behind 0-based steps on whose way there it was passed, or may have been
   */
  record About(String words, List<Integer> rows, List<Integer> behind) {
    static final About NOTHING = new About("", List.of(), List.of());
  }

  About about(LineRow row) {
    SourcePage now = page.get();
    return row.number() == 0
        ? About.NOTHING
        : about(
            texts.get("about.line", String.valueOf(row.number())),
            row.mark(),
            row.heat(),
            book.places(now.file(), row.number()));
  }

  About about(CodeRow row) {
    return row.index() < 0
        ? About.NOTHING
        : about(
            texts.get("about.insn", String.valueOf(row.slot())),
            row.mark(),
            row.heat(),
            List.of(new Place(page.get().program(), row.index())));
  }

  private About about(String name, Mark mark, Heat heat, List<Place> places) {
    if (mark == Mark.NO_CODE) {
      return new About(name + " · " + texts.get("about.no-code"), List.of(), List.of());
    }
    PacketCode code = packet;
    String often =
        heat.atMost() == 0
            ? texts.get("about.never")
            : heat.atLeast() == heat.atMost()
                ? texts.get("about.exactly", heat.atLeast())
                : texts.get("about.between", heat.atLeast(), heat.atMost());
    String words = name + " · " + texts.get("about." + mark.style()) + " · " + often;
    return code == null
        ? new About(words, List.of(), List.of())
        : new About(words, code.rowsAt(places), code.rowsBehind(places));
  }

  /** Takes the window to the next of some steps, behind the current one, or to the first. */
  void goToNext(List<Integer> rows) {
    int now = focus.rowProperty().get();
    PacketCode code = packet;
    if (!rows.isEmpty() && code != null) {
      int next = rows.stream().filter(r -> r > now).findFirst().orElse(rows.getFirst());
      goTo(next);
    }
  }

  /** Takes the window to a step of the packet. */
  void goTo(int row) {
    PacketCode code = packet;
    if (code != null) {
      focus.go((int) code.number(), row);
    }
  }

  /** Its name in the step list: {@code P6.S4}. */
  String nameOf(int row) {
    PacketCode code = packet;
    return code == null ? "" : "P" + code.number() + ".S" + (row + 1);
  }

  /** Ids of the programs, in the object's order. */
  List<String> programs() {
    return book.programs();
  }

  /** A program's name and place: {@code tail_handle_ipv4 · 2/7}. */
  String programName(String id) {
    CodeListing.Program program = book.program(id);
    return program == null || program.name().equals(id) ? id : program.name() + " · " + id;
  }

  /** Whether anybody looks. */
  public BooleanProperty shownProperty() {
    return shown;
  }

  /** What stands in the lists. */
  public ReadOnlyObjectProperty<SourcePage> pageProperty() {
    return page.getReadOnlyProperty();
  }

  /** Index of the current line in the page; −1 when it is in another file. */
  public ReadOnlyIntegerProperty currentLineProperty() {
    return currentLine.getReadOnlyProperty();
  }

  /** Index of the current instruction in the page; −1 when it is in another program. */
  public ReadOnlyIntegerProperty currentCodeProperty() {
    return currentCode.getReadOnlyProperty();
  }

  /** Why there is no source; empty when there is. */
  public ReadOnlyStringProperty nothingProperty() {
    return nothing.getReadOnlyProperty();
  }
}
