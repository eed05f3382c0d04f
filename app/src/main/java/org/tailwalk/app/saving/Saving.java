// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.saving;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.tailwalk.app.action.Action;
import org.tailwalk.app.action.Prompts;
import org.tailwalk.app.session.file.FileReference;
import org.tailwalk.app.text.Texts;
import org.tailwalk.scenario.DatapathSpec;

/** The questions that saving takes, and its actions. */
public final class Saving {
  private final SavingViewModel model;
  private final Prompts prompts;
  private final Function<Optional<Place>, Optional<File>> browse;
  private final Path copies;
  private final Texts texts = Texts.of(Saving.class);

  /**
   * On {@code model}.
   *
   * @param browse asks for a file to write with the desktop's own dialog, beginning at a place;
   *     empty when the user gave up
   * @param copies where an object out of a session is written to
   */
  public Saving(
      SavingViewModel model,
      Prompts prompts,
      Function<Optional<Place>, Optional<File>> browse,
      Path copies) {
    this.model = model;
    this.prompts = prompts;
    this.browse = browse;
    this.copies = copies;
  }

  /**
   * Keys, help and palette.
   *
   * @param again replays what is open once more
   * @param load replays it with another datapath
   */
  public List<Action> actions(Runnable again, Consumer<DatapathSpec> load) {
    return List.of(
        action("save", () -> save(() -> {}), "Ctrl+S").when(model::canSave),
        action("save-as", () -> saveAs(() -> {}), "Ctrl+Shift+S").when(model::canSave),
        action(
                "live",
                () -> {
                  model.switchLane();
                  again.run();
                })
            .when(model::canSwitchLane),
        action("load-object", () -> askForObject(again, load))
            .when(() -> model.guarded().isPresent()));
  }

  private Action action(String name, Runnable run, String... keys) {
    return Action.of(
        "session." + name, texts.get("chapter"), texts.get("action." + name), run, keys);
  }

  /** Saves where the session lies, or asks where; {@code then} runs when it is saved. */
  public void save(Runnable then) {
    Path there = model.fileProperty().get();
    if (there == null) {
      saveAs(then);
    } else {
      model.save(there, false, then);
    }
  }

  private void saveAs(Runnable then) {
    prompts.ask(
        new SavePanel(
            model,
            model.captureFile(),
            browse,
            (path, copy) -> {
              prompts.dismiss();
              model.save(path, copy, then);
            },
            prompts::dismiss));
  }

  /** Goes on at once, or when the user has saved what would be lost, or doesn't want it. */
  public void guard(Runnable then) {
    if (!model.dirtyProperty().get()) {
      then.run();
      return;
    }
    prompts.ask(
        new Question(
            texts.get("unsaved.title"),
            texts.get("unsaved.text", model.name()),
            List.of(),
            new Question.Answer(
                texts.get("unsaved.save"),
                () -> {
                  prompts.dismiss();
                  save(then);
                }),
            new Question.Answer(
                texts.get("unsaved.discard"),
                () -> {
                  prompts.dismiss();
                  model.discard();
                  then.run();
                }),
            new Question.Answer(texts.get("panel.cancel"), prompts::dismiss)));
  }

  private void askForObject(Runnable again, Consumer<DatapathSpec> load) {
    FileReference object = model.guarded().orElse(null);
    if (object == null) {
      return;
    }
    prompts.ask(
        new Question(
            texts.get("object.title"),
            texts.get("object.text", model.name()),
            List.of(texts.get("object.file", object.name(), object.size(), object.sha256())),
            new Question.Answer(texts.get("panel.cancel"), prompts::dismiss),
            new Question.Answer(
                texts.get("object.load"),
                () -> {
                  prompts.dismiss();
                  model.allowObject(
                      copies,
                      spec -> {
                        if (model.runs(spec)) {
                          again.run();
                        } else {
                          load.accept(spec);
                        }
                      });
                })));
  }
}
