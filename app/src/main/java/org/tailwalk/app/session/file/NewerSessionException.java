// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.session.file;

import org.tailwalk.text.Message;

/** A session of a later version: whole, but not for this program. */
final class NewerSessionException extends SessionException {
  private static final long serialVersionUID = 1L;

  NewerSessionException(Message told) {
    super(told);
  }
}
