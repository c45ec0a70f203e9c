package dev.firn.generator.truth;

import java.util.List;

/** Personal values that no table of silver or gold may show.
 *
 * @param texts such as names: as a text of their own, since they may be words of others
 * @param words such as addresses of mail: wherever they stand
 */
public record Personal(List<String> texts, List<String> words) {}
