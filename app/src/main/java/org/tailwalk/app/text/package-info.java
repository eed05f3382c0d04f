// SPDX-License-Identifier: Apache-2.0
/**
 * The words of the window. Each package has a {@code texts.properties} in its resource folder, and
 * one for each language beside it ({@code texts_ko.properties}).
 */
@NullMarked
package org.tailwalk.app.text;

import org.jspecify.annotations.NullMarked;
