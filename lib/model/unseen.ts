/**
 * What a screen obeys or does not show, as the inside of a character class with the flag `u`: controls,
 * direction overrides, marks without width, fillers, tags, lone surrogates, private and non-characters.
 * Whoever shows text and whoever quotes it for a shell leave the same out, or what is shown is no longer
 * what is pasted.
 */
export const unseen =
  "\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Zl}\\p{Zp}\\p{Default_Ignorable_Code_Point}\\ufffc-\\uffff";
