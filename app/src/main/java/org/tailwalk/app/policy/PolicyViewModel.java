// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.policy;

import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import org.tailwalk.app.inspector.PacketReading;
import org.tailwalk.app.policy.PolicyAccount.Content;
import org.tailwalk.app.session.Focus;
import org.tailwalk.app.tasks.Work;
import org.tailwalk.app.text.Texts;

/** The policy decisions about the packet shown. Does nothing while nobody looks. UI thread. */
public final class PolicyViewModel {
  private static final Content EMPTY =
      new Content(List.of(), Texts.of(PolicyViewModel.class).get("nothing.no-packet"));

  private final PacketReading<Content> reading;

  /** Looks at what {@code focus} looks at, once {@link #shownProperty} says so. */
  public PolicyViewModel(Focus focus, Work work) {
    reading =
        new PacketReading<>(
            focus, work, EMPTY, (packet, node) -> new PolicyAccount(node).of(packet));
  }

  /** Whether anybody looks. */
  public BooleanProperty shownProperty() {
    return reading.shownProperty();
  }

  ReadOnlyObjectProperty<Content> contentProperty() {
    return reading.contentProperty();
  }
}
