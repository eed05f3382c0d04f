// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.object;

import java.util.List;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.session.Focus;
import org.tailwalk.app.session.Replay;
import org.tailwalk.app.tasks.Work;
import org.tailwalk.app.text.Texts;
import org.tailwalk.scenario.DatapathConfig;
import org.tailwalk.scenario.DatapathSpec;

/** The lines about the object that the kernel lane loads; read when the page is looked at. */
public final class ObjectViewModel {
  private final Focus focus;
  private final Work work;
  private final ObjectShelf shelf;
  private final Texts texts = Texts.of(ObjectViewModel.class);
  private final ReadOnlyObjectWrapper<List<String>> lines = new ReadOnlyObjectWrapper<>(List.of());
  private final SimpleBooleanProperty shown = new SimpleBooleanProperty();
  private @Nullable DatapathConfig read;
  private @Nullable DatapathSpec readFrom;

  /** Reads what is asked for in the background. */
  public ObjectViewModel(Focus focus, Work work, ObjectShelf shelf) {
    this.focus = focus;
    this.work = work;
    this.shelf = shelf;
    focus.replayProperty().subscribe(this::refresh);
    shown.subscribe(this::refresh);
  }

  /** What the page says, a line each. */
  public ReadOnlyObjectProperty<List<String>> linesProperty() {
    return lines.getReadOnlyProperty();
  }

  /** Whether the page is open. */
  public SimpleBooleanProperty shownProperty() {
    return shown;
  }

  private void refresh() {
    @Nullable Replay replay = focus.replay().orElse(null);
    if (!shown.get()) {
      return;
    }
    if (replay == null) {
      read = null;
      lines.set(List.of(texts.get("empty")));
      return;
    }
    DatapathSpec datapath = replay.scenario().datapath();
    DatapathConfig config = replay.scenario().kernelConfig();
    if (config.equals(read) && datapath.equals(readFrom)) {
      return;
    }
    read = config;
    readFrom = datapath;
    lines.set(List.of(texts.get("reading", datapath)));
    work.run(
        () -> ObjectText.of(shelf.inspect(datapath, config)),
        found -> done(config, found),
        e -> done(config, List.of(texts.get("failed", Texts.say(e)))));
  }

  /** Whoever opened another capture meanwhile is not shown this one's object. */
  private void done(DatapathConfig config, List<String> found) {
    if (config.equals(read)) {
      lines.set(found);
    }
  }
}
