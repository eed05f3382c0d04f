// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.saving;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.action.Edits;
import org.tailwalk.app.annotation.AnnotationsViewModel;
import org.tailwalk.app.session.Annotations;
import org.tailwalk.app.session.AnnotationsJson;
import org.tailwalk.app.session.Focus;
import org.tailwalk.app.session.Lanes;
import org.tailwalk.app.session.OpenCapture;
import org.tailwalk.app.session.Origin;
import org.tailwalk.app.session.Replay;
import org.tailwalk.app.session.file.FileReference;
import org.tailwalk.app.session.file.SessionException;
import org.tailwalk.app.session.file.SessionFile;
import org.tailwalk.app.status.StatusViewModel;
import org.tailwalk.app.tasks.Work;
import org.tailwalk.app.text.Texts;
import org.tailwalk.scenario.DatapathSpec;
import org.tailwalk.scenario.Scenario;

/** What is open as a session: where it lies, whether it was saved, and saving it. UI thread. */
public final class SavingViewModel {
  /** How the window is laid out, as a session keeps it. */
  public interface Layouts {
    /** As it is now. */
    JsonObject now();

    /** As a session had it. */
    void show(JsonObject layout);
  }

  private final Focus focus;
  private final AnnotationsViewModel said;
  private final StatusViewModel status;
  private final Work replays;
  private final Work work;
  private final Lanes lanes;
  private final Autosave autosave;
  private final Layouts layouts;
  private final Edits edits;
  private final Texts texts = Texts.of(SavingViewModel.class);
  private final ReadOnlyObjectWrapper<@Nullable Path> file = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyBooleanWrapper dirty = new ReadOnlyBooleanWrapper();
  private @Nullable OpenCapture capture;
  private Annotations saved = Annotations.NONE;
  private @Nullable Scenario savedScenario;

  /** Of what {@code focus} looks at. */
  public SavingViewModel(
      Focus focus,
      AnnotationsViewModel said,
      StatusViewModel status,
      Work replays,
      Work work,
      Lanes lanes,
      Autosave autosave,
      Layouts layouts,
      Edits edits) {
    this.edits = edits;
    this.focus = focus;
    this.said = said;
    this.status = status;
    this.replays = replays;
    this.work = work;
    this.lanes = lanes;
    this.autosave = autosave;
    this.layouts = layouts;
    focus.replayProperty().addListener((_, _, now) -> shown(now));
    said.annotationsProperty().addListener((_, _, _) -> changed());
  }

  private void shown(@Nullable Replay replay) {
    if (replay != null && replay.capture() != capture) {
      capture = replay.capture();
      opened(replay.capture().origin());
    }
    mark();
  }

  private void opened(Origin origin) {
    Optional<SessionFile> session = origin.session();
    file.set(session.map(SessionFile::path).orElse(null));
    savedScenario = session.map(SessionFile::scenario).orElse(null);
    saved = said.annotationsProperty().get();
    session.flatMap(SessionFile::annotations).ifPresent(this::say);
    session.map(s -> s.manifest().window()).ifPresent(layouts::show);
    edits.clear();
    place().flatMap(autosave::kept).filter(k -> !same(k, saved)).ifPresent(this::restore);
  }

  private void say(String json) {
    try {
      saved = AnnotationsJson.read(json);
      said.set(saved);
    } catch (IOException | RuntimeException e) {
      status.fail(texts.get("annotations.unread", String.valueOf(file.get()), Texts.say(e)));
    }
  }

  private void restore(Annotations kept) {
    said.set(kept.withColours(said.annotationsProperty().get().colours()));
    status.warnings().add(texts.get("restored"));
  }

  /** What autosaved files are named after: the session's file, or the capture's. */
  private Optional<Path> place() {
    Path session = file.get();
    OpenCapture open = capture;
    return session != null || open == null ? Optional.ofNullable(session) : open.origin().capture();
  }

  private static boolean same(Annotations one, Annotations other) {
    return one.withColours(List.of()).equals(other.withColours(List.of()));
  }

  private void changed() {
    mark();
    if (dirty.get()) {
      Annotations now = said.annotationsProperty().get();
      place()
          .ifPresent(of ->
              work.run(
                  () -> {
                    autosave.keep(of, now);
                    return true;
                  },
                  _ -> {},
                  e -> status.fail(texts.get("autosave.failed", Texts.say(e)))));
    }
  }

  private void mark() {
    boolean notes = capture != null && !same(said.annotationsProperty().get(), saved);
    boolean scenario =
        savedScenario != null
            && focus.replay().filter(r -> !r.scenario().equals(savedScenario)).isPresent();
    dirty.set(notes || scenario);
  }

  /** Where the session lies; holds null for a capture that was not saved yet. */
  public ReadOnlyObjectProperty<@Nullable Path> fileProperty() {
    return file.getReadOnlyProperty();
  }

  /** Whether something was said or chosen that is not in the file. */
  public ReadOnlyBooleanProperty dirtyProperty() {
    return dirty.getReadOnlyProperty();
  }

  /** Background threads for short questions. */
  Work work() {
    return work;
  }

  /** Whether there is something to save. */
  public boolean canSave() {
    return captureFile().isPresent();
  }

  /** Where a first save would go: beside the capture, under its name. */
  public Path proposed() {
    Path session = file.get();
    if (session != null) {
      return session;
    }
    OpenCapture open = capture;
    Path from = open == null ? null : open.origin().capture().orElse(null);
    String name = open == null ? "session" : open.name();
    String base = name.replaceFirst("(\\.(pcap|pcapng|cap))?(\\.gz)?$", "");
    String full = (base.isEmpty() ? name : base) + SessionFile.SUFFIX;
    return from == null ? Path.of(full) : from.resolveSibling(full);
  }

  /** What is open, for people. */
  public String name() {
    OpenCapture open = capture;
    return open == null ? "" : open.name();
  }

  /** The capture's file. */
  public Optional<Path> captureFile() {
    return focus.replay().flatMap(r -> r.capture().origin().capture());
  }

  /** Whether the scenario has this datapath already. */
  public boolean runs(DatapathSpec datapath) {
    return focus.replay().filter(r -> r.scenario().datapath().equals(datapath)).isPresent();
  }

  /** The object file that the kernel lane was given. */
  public Optional<Path> object() {
    return focus.replay().flatMap(r -> SaveJob.object(r.scenario()));
  }

  /** The lane that saving writes down, in words; empty for none. */
  public Optional<String> lane() {
    return focus
        .replay()
        .filter(r -> !r.recordedOn().isEmpty() || lanes.kernel() != null)
        .map(r -> r.ran().getFirst());
  }

  /** Whether the capture is a copy out of a session, which a new one must hold as well. */
  public boolean mustCopy() {
    OpenCapture open = capture;
    return open != null
        && open.origin().session().map(s -> s.manifest().capture().copied()).orElse(false);
  }

  /**
   * Saves.
   *
   * @param copy whether to put the capture, and the object, into it
   * @param then runs when it is saved
   */
  public void save(Path target, boolean copy, Runnable then) {
    Replay replay = focus.replay().orElse(null);
    if (replay == null) {
      return;
    }
    Annotations now = said.annotationsProperty().get();
    int packet = focus.packet().map(p -> (int) p.number()).orElse(0);
    int row = focus.rowProperty().get();
    JsonObject window = layouts.now();
    AtomicBoolean stopped = new AtomicBoolean();
    status.begin(texts.get("saving", target.toString()), () -> stopped.set(true));
    SaveJob job = new SaveJob(replay, lanes, target, copy || mustCopy());
    replays.run(
        () -> {
          job.run(
              AnnotationsJson.write(now),
              packet,
              row,
              window,
              (done, total) -> {
                replays.onUi(() -> status.at((double) done / Math.max(1, total)));
                return !stopped.get();
              });
          return true;
        },
        _ -> {
          status.end();
          forget();
          file.set(target);
          saved = now;
          savedScenario = replay.scenario();
          mark();
          then.run();
        },
        e -> {
          status.end();
          if (!(e instanceof CancellationException)) {
            status.fail(
                e instanceof SessionException
                    ? Texts.say(e)
                    : texts.get("save.failed", target.toString(), Texts.say(e)));
          }
        });
  }

  /** What was said and not saved is not wanted. */
  public void discard() {
    forget();
    saved = said.annotationsProperty().get();
    savedScenario = null;
    mark();
  }

  private void forget() {
    place()
        .ifPresent(of -> {
          try {
            autosave.forget(of);
          } catch (IOException e) {
            status.fail(texts.get("autosave.failed", Texts.say(e)));
          }
        });
  }

  /** Whether the kernel lane could be a recording or the engine, as the user likes. */
  public boolean canSwitchLane() {
    return lanes.kernel() != null
        && focus
            .replay()
            .filter(r -> r.capture().origin().recorded(r.scenario()).isPresent())
            .filter(r -> r.capture().origin().session().isPresent())
            .isPresent();
  }

  /** Runs the kernel engine where a recording is shown, or the other way round, next time. */
  public void switchLane() {
    focus.replay().ifPresent(r -> r.capture().origin().setLive(!r.recordedOn().isEmpty()));
  }

  /** The object that the session brings and that was not loaded. */
  public Optional<FileReference> guarded() {
    return focus
        .replay()
        .filter(r -> lanes.kernel() != null)
        .filter(r -> r.capture().origin().guards(r.scenario().datapath()))
        .flatMap(r -> r.capture().origin().object());
  }

  /**
   * The user has seen what the session's object is and wants it loaded. It is taken out and
   * compared in the background; what can't be loaded is said.
   *
   * @param copies where a copy inside the session is written to
   * @param then takes what to load, on the UI thread; never when something else was opened
   *     meanwhile
   */
  public void allowObject(Path copies, Consumer<DatapathSpec> then) {
    Replay replay = focus.replay().orElse(null);
    if (replay == null) {
      return;
    }
    Origin origin = replay.capture().origin();
    replays.run(
        () -> SaveJob.takeOut(origin, copies),
        spec -> {
          if (focus.replay().filter(r -> r == replay).isPresent()) {
            origin.allowObject();
            origin.setLive(true);
            then.accept(spec);
          }
        },
        e -> status.fail(Texts.say(e)));
  }
}
