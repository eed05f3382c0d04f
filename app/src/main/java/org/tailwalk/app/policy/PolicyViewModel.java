// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.policy;

import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.policy.PolicyAccount.Content;
import org.tailwalk.app.session.Focus;
import org.tailwalk.app.session.Replay;
import org.tailwalk.app.tasks.Work;
import org.tailwalk.app.text.Texts;
import org.tailwalk.replay.PacketReplay;

/** The policy decisions about the packet shown. Does nothing while nobody looks. UI thread. */
public final class PolicyViewModel {
  private static final Content EMPTY =
      new Content(List.of(), Texts.of(PolicyViewModel.class).get("nothing.no-packet"));

  private final Focus focus;
  private final Work work;
  private final BooleanProperty shown = new SimpleBooleanProperty();
  private final ReadOnlyObjectWrapper<Content> content = new ReadOnlyObjectWrapper<>(EMPTY);
  private @Nullable PacketReplay of;
  private int asked;

  /** Looks at what {@code focus} looks at, once {@link #shownProperty} says so. */
  public PolicyViewModel(Focus focus, Work work) {
    this.focus = focus;
    this.work = work;
    shown.addListener((_, _, _) -> follow());
    focus.packetProperty().addListener((_, _, _) -> follow());
  }

  private void follow() {
    PacketReplay packet = focus.packet().orElse(null);
    Replay replay = focus.replay().orElse(null);
    if (!shown.get() || packet == of && packet != null) {
      return;
    }
    int mine = ++asked;
    of = packet;
    if (packet == null || replay == null) {
      content.set(EMPTY);
      return;
    }
    work.run(
        () -> new PolicyAccount(replay.scenario().node()).of(packet),
        found -> {
          if (mine == asked) {
            content.set(found);
          }
        });
  }

  /** Whether anybody looks. */
  public BooleanProperty shownProperty() {
    return shown;
  }

  ReadOnlyObjectProperty<Content> contentProperty() {
    return content.getReadOnlyProperty();
  }
}
